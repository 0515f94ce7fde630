package dev.flamingo.ingest;

import dev.flamingo.events.CloudEvents;
import dev.flamingo.events.FrameHeaders;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.StreamState;
import dev.flamingo.events.StreamStatus;
import dev.flamingo.events.Topics;
import dev.flamingo.ingest.video.Jpeg;
import dev.flamingo.ingest.video.SampledFrame;
import dev.flamingo.ingest.video.TakenPicture.ModelFrame;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/** One stream's pictures and states as Kafka records. */
final class KafkaOutlet implements StreamOutlet {

  private static final CloudEvents EVENTS = new CloudEvents("/flamingo/ingest");
  private static final String STATUS_TYPE = "dev.flamingo.stream-status.v1";

  /** Kafka refuses what is an hour ahead of its own clock, with the whole batch it is in. */
  private static final Duration MOST_AHEAD = Duration.ofMinutes(30);

  private final JsonSerde<StreamStatus> json = new JsonSerde<>(StreamStatus.class);
  private final String stream;
  private final Topics topics;
  private final FramePublisher publisher;
  private final Clock clock;
  private final Outbox frames;

  /** For people, who want the newest. */
  private final Outbox pictures = new Outbox(/* capacity= */ 4);

  /** The latest state is all that counts. */
  private final Outbox status = new Outbox(/* capacity= */ 1);

  /**
   * An outlet with outboxes of its own.
   *
   * @param stream the stream's id, and every record's key
   * @param topics where to
   * @param waitingFrames how many pictures wait for Kafka at most
   * @param publisher carries the records
   * @param clock says since when a state holds
   */
  KafkaOutlet(
      String stream, Topics topics, int waitingFrames, FramePublisher publisher, Clock clock) {
    this.stream = stream;
    this.topics = topics;
    this.publisher = publisher;
    this.clock = clock;
    this.frames = new Outbox(waitingFrames);
  }

  @Override
  public void frame(SampledFrame frame, boolean live) throws InterruptedException {
    Duration ahead = Duration.between(clock.instant(), frame.captureTime());
    if (!live && ahead.compareTo(MOST_AHEAD) > 0) {
      // A recording that is replayed as fast as possible runs ahead of the clock, and can wait.
      Thread.sleep(ahead.minus(MOST_AHEAD).toMillis() + 1);
    } else if (ahead.compareTo(MOST_AHEAD) > 0 || frame.captureTime().isBefore(Instant.EPOCH)) {
      frames.refuse(
          "a picture's capture time is %s, but it is %s: set the clock right"
              .formatted(frame.captureTime(), clock.instant().truncatedTo(ChronoUnit.SECONDS)));
      return;
    }
    Optional<Jpeg> snapshot = frame.taken().snapshot();
    if (snapshot.isPresent()) {
      publisher.publish(pictures, letter(topics.pictures(), frame, snapshot.get()));
    }
    Optional<ModelFrame> made = frame.taken().frame();
    if (made.isEmpty()) {
      return;
    }
    ProducerRecord<String, byte[]> letter = letter(topics.frames(), frame, made.get().jpeg());
    if (!made.get().madeFor().isEmpty()) {
      letter
          .headers()
          .add(FrameHeaders.MADE_FOR, made.get().madeFor().getBytes(StandardCharsets.UTF_8));
    }
    if (live) {
      publisher.publish(frames, letter);
    } else {
      publisher.publishPatiently(frames, letter);
    }
  }

  private ProducerRecord<String, byte[]> letter(String topic, SampledFrame frame, Jpeg jpeg) {
    ProducerRecord<String, byte[]> letter =
        new ProducerRecord<>(topic, null, frame.captureTime().toEpochMilli(), stream, jpeg.bytes());
    new FrameHeaders(frame.index(), jpeg.width(), jpeg.height(), frame.ptsMs())
        .writeTo(letter.headers());
    return letter;
  }

  @Override
  public void status(StreamState state, String reason) {
    Instant since = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    StreamStatus event = new StreamStatus(state, since, reason.isEmpty() ? null : reason);
    ProducerRecord<String, byte[]> letter =
        new ProducerRecord<>(topics.streamStatus(), stream, json.write(event));
    EVENTS.writeTo(letter.headers(), stream + "@" + since, STATUS_TYPE, since);
    publisher.publish(status, letter);
  }

  @Override
  public void forget() {
    publisher.publish(status, new ProducerRecord<>(topics.streamStatus(), stream, null));
  }

  @Override
  public void awaitDelivered() throws InterruptedException {
    frames.awaitEmpty();
  }

  @Override
  public long dropped() {
    return frames.dropped();
  }

  @Override
  public String refusal() {
    return frames.refusal();
  }
}
