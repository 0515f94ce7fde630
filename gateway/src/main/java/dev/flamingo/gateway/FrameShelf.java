package dev.flamingo.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The last pictures of every stream, in memory and bounded in bytes. Used from one thread. */
final class FrameShelf {

  private final int mostPerStream;
  private final Cache<String, StreamFrames> frames;

  /**
   * Makes an empty shelf.
   *
   * @param mostPerStream pictures of a stream
   * @param mostBytes of all streams together
   */
  FrameShelf(int mostPerStream, long mostBytes) {
    this.mostPerStream = mostPerStream;
    frames =
        Caffeine.newBuilder()
            .maximumWeight(mostBytes)
            .weigher((String stream, StreamFrames kept) -> kept.bytes())
            .executor(Runnable::run)
            .build();
  }

  /**
   * The capture instants between which frames of a stream are kept.
   *
   * @param from of the oldest frame
   * @param to of the newest one
   */
  record Span(Instant from, Instant to) {}

  void add(ConsumerRecord<String, byte[]> frame) {
    StreamFrames stream = frames.get(frame.key(), key -> new StreamFrames(mostPerStream));
    // Put again, so that it is weighed again.
    frames.put(frame.key(), stream.add(frame.timestamp(), frame.value()));
  }

  /** Drops the frames of a stream that was removed. */
  void forget(String stream) {
    frames.invalidate(stream);
  }

  /** Returns what is kept of a stream; empty when there is no frame. */
  Optional<Span> span(String stream) {
    return kept(stream).map(StreamFrames::span);
  }

  Optional<byte[]> newest(String stream) {
    return kept(stream).map(StreamFrames::newest);
  }

  /** Returns the frame that was captured at a moment. */
  Optional<byte[]> at(String stream, Instant moment) {
    return kept(stream).flatMap(known -> known.at(moment));
  }

  private Optional<StreamFrames> kept(String stream) {
    return Optional.ofNullable(frames.getIfPresent(stream));
  }
}
