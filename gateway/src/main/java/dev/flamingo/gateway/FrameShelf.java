package dev.flamingo.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The last frames of every stream, in memory and bounded in bytes. Used from one thread. */
final class FrameShelf {

  private static final long MOST_BYTES = 96L << 20;

  private final Cache<String, StreamFrames> frames;

  FrameShelf() {
    this(MOST_BYTES);
  }

  /** A shelf for so many bytes. */
  FrameShelf(long mostBytes) {
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
    StreamFrames stream = frames.get(frame.key(), key -> new StreamFrames());
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
