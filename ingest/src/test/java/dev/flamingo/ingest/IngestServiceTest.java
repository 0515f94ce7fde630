package dev.flamingo.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flamingo.events.TopicCreator;
import dev.flamingo.events.Topics;
import dev.flamingo.ingest.video.FrameSourceOptions;
import dev.flamingo.ingest.video.MjpegCamera;
import dev.flamingo.ingest.video.TestClip;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class IngestServiceTest {

  private static final Duration LONG = Duration.ofSeconds(100);

  private final Path folder;
  private final EmbeddedKafka kafka;
  private final KafkaProducer<String, String> registry;
  private final List<AutoCloseable> open = new ArrayList<>();

  IngestServiceTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    kafka = new EmbeddedKafka(folder.resolve("kafka"));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
      new TopicCreator(admin).create(Topics.standard().definitions(4, (short) 1));
    }
    registry =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrap()),
            new StringSerializer(),
            new StringSerializer());
  }

  /** A model that was never served so recently: it stays the served one. */
  private void serve() {
    serve("street", 96, Instant.now().plus(Duration.ofDays(1)));
  }

  private void serve(String bundle, int frameSize, Instant heartbeat) {
    String model = "{\"hash\":\"abc\",\"frameSize\":%d,\"windowFrames\":8,\"heartbeat\":\"%s\"}";
    var unused =
        registry.send(
            new ProducerRecord<>("flamingo.models", bundle, model.formatted(frameSize, heartbeat)));
    registry.flush();
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
    registry.close();
    kafka.close();
  }

  @Test
  void framesFollowTheServedModelAndPeopleAlwaysGetPictures() {
    Reader frames = read("flamingo.frames");
    Reader pictures = read("flamingo.pictures");
    Reader status = read("flamingo.stream-status");
    service("one");
    try (MjpegCamera camera = new MjpegCamera()) {
      register("cam", camera.uri());
      await().untilAsserted(() -> assertThat(pictures.records("cam")).hasSizeGreaterThan(1));
      await().untilAsserted(() -> assertThat(status.last("cam")).contains("no model is served"));
      assertThat(frames.records("cam")).isEmpty();

      serve("small", 64, Instant.now());
      await().untilAsserted(() -> assertThat(madeFor(frames)).contains("small@abc"));
      await().untilAsserted(() -> assertThat(status.last("cam")).doesNotContain("no model"));
      serve("large", 128, Instant.now());
      await().untilAsserted(() -> assertThat(madeFor(frames)).contains("large@abc"));

      assertThat(madeFor(frames)).doesNotContainSubsequence("large@abc", "small@abc");
      for (ConsumerRecord<String, byte[]> frame : frames.records("cam")) {
        boolean small = header(frame, "made-for").equals("small@abc");
        assertThat(header(frame, "width")).isEqualTo(small ? "64" : "128");
      }
      ConsumerRecord<String, byte[]> picture = pictures.records("cam").get(0);
      assertThat(header(picture, "width")).isEqualTo("64");
      assertThat(header(picture, "height")).isEqualTo("48");
    }
  }

  private static List<String> madeFor(Reader frames) {
    return frames.records("cam").stream().map(frame -> header(frame, "made-for")).toList();
  }

  @Test
  void aFileIsPublishedWithTheContractsHeadersAndEnds() {
    serve();
    Path clip = TestClip.steady(25, 1, 100).write(folder.resolve("clip.mp4"));
    Reader frames = read("flamingo.frames");
    Reader status = read("flamingo.stream-status");
    register("clip", clip.toString());
    service("one");

    await().atMost(LONG).untilAsserted(() -> assertThat(frames.records("clip")).hasSize(4));
    for (int i = 0; i < 4; i++) {
      ConsumerRecord<String, byte[]> frame = frames.records("clip").get(i);
      assertThat(header(frame, "frame-index")).isEqualTo(Integer.toString(i));
      assertThat(header(frame, "pts-ms")).isEqualTo(Integer.toString(i * 1000));
      assertThat(header(frame, "width")).isEqualTo("96");
      assertThat(header(frame, "height")).isEqualTo("96");
      assertThat(frame.timestamp() - frames.records("clip").get(0).timestamp())
          .isEqualTo(i * 1000L);
      assertThat(frame.value()).startsWith(0xFF, 0xD8);
    }
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> assertThat(status.last("clip")).contains("\"ended\"", "end of the file"));
  }

  @Test
  void aCameraComesAndGoesWithItsRegistryEntryAndShowsNoSecret() {
    serve();
    Reader frames = read("flamingo.frames");
    Reader status = read("flamingo.stream-status");
    IngestService service = service("one");
    long began = Instant.now().toEpochMilli();
    try (MjpegCamera camera = new MjpegCamera()) {
      register("cam", camera.uri());
      await()
          .atMost(LONG)
          .untilAsserted(() -> assertThat(frames.records("cam")).hasSizeGreaterThan(1));
      await().atMost(LONG).untilAsserted(() -> assertThat(status.last("cam")).contains("\"live\""));
      assertThat(frames.records("cam").get(0).timestamp())
          .isBetween(began, Instant.now().toEpochMilli());

      camera.be(MjpegCamera.Mood.SILENT);
      await()
          .atMost(LONG)
          .untilAsserted(() -> assertThat(status.last("cam")).contains("\"stalled\""));
      camera.be(MjpegCamera.Mood.SENDING);
      await().atMost(LONG).untilAsserted(() -> assertThat(status.last("cam")).contains("\"live\""));
      camera.be(MjpegCamera.Mood.GONE);
      await()
          .atMost(LONG)
          .untilAsserted(() -> assertThat(status.last("cam")).containsAnyOf("failed", "ended"));
      camera.be(MjpegCamera.Mood.SENDING);
      await().atMost(LONG).untilAsserted(() -> assertThat(status.last("cam")).contains("\"live\""));

      register("cam", null);
      await().atMost(LONG).untilAsserted(() -> assertThat(status.last("cam")).isEqualTo("null"));
      assertThat(service.counters()).isEmpty();
      assertThat(status.all("cam")).noneMatch(text -> text.contains("secret"));
    }
  }

  @Test
  void brokenEntriesFailWithTheirReasonAndOthersGoOn() {
    Reader status = read("flamingo.stream-status");
    register("gone", "ftp://host/a.mp4");
    register("gone", null);
    service("one");
    register("ftp", "ftp://host/a.mp4");
    register("missing", folder.resolve("missing.mp4").toString());
    enter("garbage", "{not json");
    enter("empty", "{}");
    enter("off", "{\"uri\":\"/a.mp4\",\"enabled\":false}");
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              assertThat(status.last("ftp")).contains("failed", "unknown source scheme");
              assertThat(status.last("missing")).contains("failed", "there is no file");
              assertThat(status.last("garbage")).contains("failed");
              assertThat(status.last("empty")).contains("failed");
              assertThat(status.last("off")).contains("ended", "disabled");
            });
    assertThat(status.all("gone")).isEmpty();
  }

  @Test
  void aFileWaitsForKafkaToComeBackAndLosesNothing() {
    serve();
    Path clip = TestClip.steady(5, 1, 30).write(folder.resolve("clip.mp4"));
    register("clip", clip.toString());
    Reader before = read("flamingo.frames");
    service(config("one").withFrames(FrameSourceOptions.defaults()));
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(before.records("clip")).hasSizeGreaterThan(1));
    kafka.goAway();
    kafka.comeBack();
    Reader after = read("flamingo.frames");
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(after.records("clip").stream().map(f -> header(f, "frame-index")))
                    .contains("0", "1", "2", "3", "4", "5"));
    assertThat(after.records("clip").stream().filter(f -> header(f, "frame-index").equals("0")))
        .as("the file went on where it was")
        .hasSize(1);
  }

  @Test
  void processesShareTheStreamsAndTakeOverFromEachOther() throws Exception {
    try (MjpegCamera camera = new MjpegCamera()) {
      Set<String> streams = Set.of("a", "b", "c", "d", "e", "f", "g", "h");
      streams.forEach(stream -> register(stream, camera.uri()));
      IngestService one = service("shared");
      await()
          .atMost(LONG)
          .untilAsserted(() -> assertThat(one.counters().keySet()).isEqualTo(streams));

      IngestService two = service("shared");
      await()
          .atMost(LONG)
          .untilAsserted(
              () -> {
                assertThat(two.counters()).isNotEmpty();
                assertThat(one.counters()).isNotEmpty();
                Set<String> together =
                    Stream.of(one, two)
                        .flatMap(s -> s.counters().keySet().stream())
                        .collect(Collectors.toSet());
                assertThat(together).isEqualTo(streams);
                assertThat(one.counters().size() + two.counters().size()).isEqualTo(8);
              });

      one.close();
      await()
          .atMost(LONG)
          .untilAsserted(() -> assertThat(two.counters().keySet()).isEqualTo(streams));
    }
  }

  private void register(String stream, @Nullable String uri) {
    enter(stream, uri == null ? null : "{\"uri\":\"" + uri + "\",\"enabled\":true}");
  }

  private void enter(String stream, @Nullable String entry) {
    var unused = registry.send(new ProducerRecord<>("flamingo.streams", stream, entry));
    registry.flush();
  }

  private IngestConfig config(String group) {
    return IngestConfig.of(kafka.bootstrap())
        .withGroup(group)
        .withFrames(
            FrameSourceOptions.defaults().withFast(true).withStallAfter(Duration.ofSeconds(1)))
        .withRetries(Duration.ofMillis(50), Duration.ofMillis(200))
        .withSessionTimeout(Duration.ofSeconds(2));
  }

  private IngestService service(String group) {
    return service(config(group));
  }

  private IngestService service(IngestConfig config) {
    IngestService service = new IngestService(config);
    open.add(0, service);
    return service;
  }

  private Reader read(String topic) {
    Reader reader = new Reader(kafka.bootstrap(), topic);
    open.add(reader);
    return reader;
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  /** Everything on a topic, from its beginning. */
  private static final class Reader implements AutoCloseable {

    private final List<ConsumerRecord<String, byte[]>> seen = new CopyOnWriteArrayList<>();
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread thread;

    Reader(String bootstrap, String topic) {
      consumer =
          new KafkaConsumer<>(
              Map.of("bootstrap.servers", bootstrap, "auto.offset.reset", "earliest"),
              new StringDeserializer(),
              new ByteArrayDeserializer());
      consumer.assign(
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList());
      thread = new Thread(this::follow, "reader-" + topic);
      thread.start();
    }

    private void follow() {
      try (consumer) {
        while (true) {
          consumer.poll(Duration.ofMillis(100)).forEach(seen::add);
        }
      } catch (WakeupException e) {
        assertThat(e).isNotNull();
      }
    }

    List<ConsumerRecord<String, byte[]>> records(String key) {
      return seen.stream().filter(record -> record.key().equals(key)).toList();
    }

    List<String> all(String key) {
      return records(key).stream()
          .map(r -> r.value() == null ? "null" : new String(r.value(), StandardCharsets.UTF_8))
          .toList();
    }

    String last(String key) {
      List<String> all = all(key);
      return all.isEmpty() ? "" : all.get(all.size() - 1);
    }

    @Override
    public void close() throws InterruptedException {
      consumer.wakeup();
      thread.join();
    }
  }
}
