package dev.flamingo.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flamingo.ingest.video.SampledFrame;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** One stream's pictures and states as Kafka records. */
final class KafkaOutlet implements StreamOutlet {

  private final String stream;
  private final String framesTopic;
  private final String statusTopic;
  private final FramePublisher publisher;
  private final Clock clock;
  private final Outbox frames;
  private final Outbox status = new Outbox(/* capacity= */ 1);

  KafkaOutlet(String stream, IngestConfig config, FramePublisher publisher, Clock clock) {
    this.stream = stream;
    this.framesTopic = config.prefix() + "frames";
    this.statusTopic = config.prefix() + "stream-status";
    this.publisher = publisher;
    this.clock = clock;
    this.frames = new Outbox(config.waitingFrames());
  }

  @Override
  public void frame(SampledFrame frame, boolean live) throws InterruptedException {
    ProducerRecord<String, byte[]> letter =
        new ProducerRecord<>(
            framesTopic,
            null,
            frame.captureTime().toEpochMilli(),
            stream,
            frame.jpeg(),
            headers(frame));
    if (live) {
      publisher.publish(frames, letter);
    } else {
      publisher.publishPatiently(frames, letter);
    }
  }

  private static List<Header> headers(SampledFrame frame) {
    return List.of(
        header("frame-index", frame.index()),
        header("width", frame.width()),
        header("height", frame.height()),
        header("pts-ms", frame.ptsMs()));
  }

  private static Header header(String name, long value) {
    return new RecordHeader(name, Long.toString(value).getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void status(StreamState state, String reason) {
    byte[] json;
    try {
      json =
          new ObjectMapper()
              .writeValueAsBytes(
                  Map.of(
                      "state",
                      state.name().toLowerCase(Locale.ROOT),
                      "since",
                      clock.instant().toString(),
                      "reason",
                      reason));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    publisher.publish(status, new ProducerRecord<>(statusTopic, stream, json));
  }

  @Override
  public void forget() {
    publisher.publish(status, new ProducerRecord<>(statusTopic, stream, null));
  }

  @Override
  public void awaitDelivered() throws InterruptedException {
    frames.awaitEmpty();
  }

  @Override
  public long dropped() {
    return frames.dropped();
  }
}
