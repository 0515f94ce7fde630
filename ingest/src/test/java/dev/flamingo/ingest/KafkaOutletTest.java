package dev.flamingo.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flamingo.events.TopicCreator;
import dev.flamingo.events.Topics;
import dev.flamingo.ingest.video.SampledFrame;
import dev.flamingo.ingest.video.TakenPicture;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class KafkaOutletTest {

  private static final Topics TOPICS = Topics.standard();

  private final EmbeddedKafka kafka;
  private final FramePublisher publisher;

  KafkaOutletTest(@TempDir Path folder) throws Exception {
    kafka = new EmbeddedKafka(folder.resolve("kafka"));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
      new TopicCreator(admin).create(TOPICS.definitions(1, (short) 1));
    }
    // Records linger, so that those of several streams share a batch.
    publisher =
        new FramePublisher(
            new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap(), "linger.ms", 500),
                new StringSerializer(),
                new ByteArraySerializer()));
  }

  @AfterEach
  void close() {
    publisher.close();
    kafka.close();
  }

  @Test
  void aRecordThatKafkaRefusesCostsTheOthersOfItsBatchNothing() throws Exception {
    long now = System.currentTimeMillis();
    Outbox before = new Outbox(3);
    Outbox broken = new Outbox(3);
    Outbox after = new Outbox(3);
    publisher.publish(before, letter("before", now));
    publisher.publish(broken, letter("broken", now + Duration.ofDays(1).toMillis()));
    publisher.publish(after, letter("after", now));
    before.awaitEmpty();
    broken.awaitEmpty();
    after.awaitEmpty();

    assertThat(arrived(2)).containsExactlyInAnyOrder("before", "after");
    assertThat(before.dropped()).isZero();
    assertThat(after.dropped()).isZero();
    assertThat(broken.dropped()).isOne();
    assertThat(broken.refusal()).startsWith("kafka does not take the time ");

    publisher.publish(broken, letter("mended", now));
    broken.awaitEmpty();
    assertThat(broken.refusal()).isEmpty();
    assertThat(arrived(3)).contains("mended");
  }

  @Test
  void aClockThatIsADayAheadCostsItsOwnPicturesAloneAndIsNamed() throws Exception {
    KafkaOutlet healthy = outlet("healthy");
    KafkaOutlet broken = outlet("broken");
    Instant now = Instant.now();
    broken.frame(frame(now.plus(Duration.ofDays(1))), /* live= */ true);
    broken.frame(frame(Instant.EPOCH.minusSeconds(1)), /* live= */ true);
    healthy.frame(frame(now), /* live= */ true);
    healthy.awaitDelivered();
    broken.awaitDelivered();

    assertThat(arrived(1)).containsExactly("healthy");
    assertThat(broken.dropped()).isEqualTo(2);
    assertThat(broken.refusal()).contains("1969-12-31T23:59:59Z").endsWith("set the clock right");
    broken.frame(frame(now), /* live= */ true);
    broken.awaitDelivered();
    assertThat(broken.refusal()).isEmpty();
    assertThat(arrived(2)).contains("broken");
  }

  private KafkaOutlet outlet(String stream) {
    return new KafkaOutlet(stream, TOPICS, 4, publisher, Clock.systemUTC());
  }

  private static SampledFrame frame(Instant captured) {
    return new SampledFrame(0, captured, 0, TakenPicture.frame(96, 96, new byte[] {1}));
  }

  private static ProducerRecord<String, byte[]> letter(String stream, long timestamp) {
    return new ProducerRecord<>(TOPICS.frames(), 0, timestamp, stream, new byte[] {1});
  }

  /** The streams whose frames arrived, waiting for so many. */
  private List<String> arrived(int count) {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrap()),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(TOPICS.frames(), 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      List<String> streams = new ArrayList<>();
      await()
          .atMost(Duration.ofSeconds(100))
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(frame -> streams.add(frame.key()));
                return streams.size() >= count;
              });
      return streams;
    }
  }
}
