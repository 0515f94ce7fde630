package dev.flamingo.standalone.bench;

import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.Question;
import dev.flamingo.gateway.Gateway;
import dev.flamingo.gateway.GatewayConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;

/** Deltas from Kafka through one gateway to many WebSocket clients on loopback. */
final class FanoutSection implements Section {

  private static final List<Integer> CLIENTS = List.of(1_000, 10_000);
  private static final int PER_SECOND = 20_000;
  private static final int SECONDS = 15;
  private static final int WARM_UP_SECONDS = 5;
  private static final int OTHER_FILES = 500;
  private static final Duration ASKED_WITHIN = Duration.ofSeconds(30);
  private static final double NANOS = 1e9;
  private static final Duration POLL = Duration.ofMillis(100);

  private final JsonSerde<Question> json = new JsonSerde<>(Question.class);

  @Override
  public String name() {
    return "fanout";
  }

  @Override
  public String title() {
    return "pieces of answers through one gateway to many websockets on loopback";
  }

  @Override
  public SectionResult run(BenchSettings settings) throws Exception {
    List<Integer> crowds = settings.quick() ? List.of(20) : CLIENTS;
    List<FanoutRow> rows = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    try (BenchKafka kafka = BenchKafka.start();
        Gateway gateway =
            Gateway.start(
                GatewayConfig.of(kafka.bootstrap(), 0, kafka.folder().resolve("gateway")));
        // As the job publishes them.
        Producer<String, byte[]> producer =
            kafka.producer(Map.of("acks", "1", "enable.idempotence", false, "linger.ms", 0))) {
      DeltaFlood flood =
          new DeltaFlood(producer, kafka.topics(), settings.clock(), settings.nanoTime());
      for (int clients : crowds) {
        settings.progress().accept("fanout: %d clients".formatted(clients));
        rows.add(crowd(settings, kafka, gateway, flood, clients, notes));
      }
    }
    return new SectionResult(rows, notes);
  }

  private FanoutRow crowd(
      BenchSettings settings,
      BenchKafka kafka,
      Gateway gateway,
      DeltaFlood flood,
      int wanted,
      List<String> notes)
      throws IOException, InterruptedException {
    ProcessUse use = new ProcessUse();
    long room = use.mostFiles() - OTHER_FILES;
    int clients = (int) Math.min(wanted, room);
    if (clients < wanted) {
      notes.add("%d clients at most: this process may open %d files".formatted(clients, room));
    }
    int perSecond = settings.quick() ? 200 : PER_SECOND;
    try (KafkaConsumer<String, byte[]> questions = kafka.news(kafka.topics().questions());
        FanoutProcess process =
            FanoutProcess.start(
                gateway.port(),
                clients,
                kafka.folder().resolve("clients.log"),
                settings.nanoTime())) {
      FanoutStatus ready = process.awaitListening();
      if (ready.problem() != null) {
        notes.add(
            "%d of %d clients failed, the first: %s"
                .formatted(ready.failed(), clients, ready.problem()));
      }
      List<String> asked = asked(questions, ready.listening(), settings.nanoTime());
      long warm = flood.publish(asked, perSecond, settings.quick() ? 1 : WARM_UP_SECONDS);
      var unused = process.awaitReceived(warm);
      process.reset();
      FanoutStatus begin = process.status();
      double used = use.cpuSeconds();
      Metronome metronome = new Metronome(settings.nanoTime());
      long sent = flood.publish(asked, perSecond, settings.quick() ? 1 : SECONDS);
      FanoutStatus end = process.awaitReceived(sent);
      double seconds = metronome.elapsed() / NANOS;
      return new FanoutRow(
          wanted,
          ready.listening(),
          perSecond,
          end.received() / Math.max(end.seconds(), 1e-3),
          sent - end.received(),
          end.p50Ms(),
          end.p99Ms(),
          end.maxMs(),
          (use.cpuSeconds() - used) / seconds,
          (end.cpuSeconds() - begin.cpuSeconds()) / seconds);
    }
  }

  /** Returns the questions' ids as Kafka has them. */
  private List<String> asked(
      KafkaConsumer<String, byte[]> questions, int count, LongSupplier nanoTime) {
    List<String> ids = new ArrayList<>();
    Metronome metronome = new Metronome(nanoTime);
    while (ids.size() < count && metronome.elapsed() < ASKED_WITHIN.toNanos()) {
      questions
          .poll(POLL)
          .forEach(record -> ids.add(Objects.requireNonNull(json.read(record.value()).id())));
    }
    return ids;
  }
}
