package dev.flamingo.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class FramePublisherTest {

  private final MockProducer<String, byte[]> kafka =
      new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
  private final FramePublisher publisher = new FramePublisher(kafka);
  private final Outbox outbox = new Outbox(3);

  @AfterEach
  void close() {
    publisher.close();
  }

  @Test
  void theNextRecordLeavesWhenTheOneBeforeHasArrived() {
    publisher.publish(outbox, letter("a"));
    publisher.publish(outbox, letter("b"));
    awaitSent("a");
    kafka.completeNext();
    awaitSent("a", "b");
  }

  @Test
  void whatDoesNotArriveIsSentAgain() throws InterruptedException {
    publisher.publish(outbox, letter("a"));
    awaitSent("a");
    kafka.errorNext(new TimeoutException("kafka is away"));
    awaitSent("a", "a");
    kafka.completeNext();
    outbox.awaitEmpty();
    assertThat(outbox.dropped()).isZero();
  }

  @Test
  void aLiveStreamLosesItsOldestAndCounts() {
    publisher.publish(outbox, letter("a"));
    awaitSentCount(1);
    for (String text : List.of("b", "c", "d", "e")) {
      publisher.publish(outbox, letter(text));
    }
    assertThat(outbox.dropped()).isEqualTo(2);
    for (int sent = 1; sent < 4; sent++) {
      int count = sent;
      await().atMost(Duration.ofSeconds(100)).until(() -> kafka.history().size() == count);
      kafka.completeNext();
    }
    await().atMost(Duration.ofSeconds(100)).until(() -> kafka.history().size() == 4);
    assertThat(texts().subList(1, 4)).containsExactly("c", "d", "e");
  }

  @Test
  void aRecordingWaits() throws Exception {
    for (String text : List.of("a", "b", "c")) {
      publisher.publishPatiently(outbox, letter(text));
    }
    AtomicBoolean through = new AtomicBoolean();
    Thread reader =
        new Thread(
            () -> {
              try {
                publisher.publishPatiently(outbox, letter("d"));
                through.set(true);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    reader.start();
    await().atMost(Duration.ofSeconds(100)).until(() -> reader.getState() == Thread.State.WAITING);
    assertThat(through).isFalse();
    awaitSentCount(1);
    kafka.completeNext();
    reader.join();
    assertThat(through).isTrue();
    assertThat(outbox.dropped()).isZero();
  }

  @Test
  void aRecordThatKafkaWillNeverTakeDoesNotBlockTheStream() {
    publisher.publish(outbox, letter("too large"));
    publisher.publish(outbox, letter("b"));
    awaitSentCount(1);
    kafka.errorNext(new RecordTooLargeException("too large"));
    awaitSent("too large", "b");
  }

  private void awaitSent(String... texts) {
    await()
        .atMost(Duration.ofSeconds(100))
        .untilAsserted(() -> assertThat(texts()).containsExactly(texts));
  }

  private void awaitSentCount(int count) {
    await().atMost(Duration.ofSeconds(100)).until(() -> kafka.history().size() == count);
  }

  private List<String> texts() {
    return kafka.history().stream()
        .map(sent -> new String(sent.value(), StandardCharsets.UTF_8))
        .toList();
  }

  private static ProducerRecord<String, byte[]> letter(String text) {
    return new ProducerRecord<>("frames", "cam", text.getBytes(StandardCharsets.UTF_8));
  }
}
