package dev.flamingo.standalone.demo;

import dev.flamingo.events.KafkaConfig;
import dev.flamingo.events.TopicCreator;
import dev.flamingo.events.Topics;
import dev.flamingo.gateway.Gateway;
import dev.flamingo.ingest.IngestService;
import dev.flamingo.job.EmbeddedJob;
import dev.flamingo.job.JobConfig;
import dev.flamingo.job.model.VideoModelProvider;
import dev.flamingo.standalone.Beginning;
import dev.flamingo.standalone.Parts;
import dev.flamingo.standalone.kafka.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/**
 * Kafka, ingest, the Flink job and the gateway in one JVM, started side by side. Everything that
 * must outlive a restart lies in one folder.
 */
public final class Demo implements AutoCloseable {

  /** A member of its group under the same name at every start: after a kill, none waits for it. */
  private static final String SAME_MEMBER = "demo";

  private final Topics topics;
  private final Parts parts = new Parts();
  private final LifeSigns signs;
  private final Gateway gateway;
  private final EmbeddedJob job;
  private final String bootstrap;
  private boolean askable;

  private Demo(DemoConfig config, VideoModelProvider model, Consumer<String> complaints)
      throws Exception {
    topics = config.topics().topics();
    Path data = Files.createDirectories(config.data()).toAbsolutePath();
    try {
      // Added in the order in which they must be closed, begun at once: most of it needs no Kafka.
      Beginning<EmbeddedKafka> kafka =
          parts.add(Beginning.of("kafka", () -> kafka(data.resolve("kafka"), config)));
      Beginning<Gateway> pages =
          parts.add(
              Beginning.of("gateway", () -> gateway(kafka.await().bootstrap(), config, data)));
      Beginning<EmbeddedJob> answers =
          parts.add(
              Beginning.of(
                  "job",
                  () ->
                      EmbeddedJob.prepare(
                          job(EmbeddedKafka.bootstrap(config.kafkaPort()), config, data), model)));
      bootstrap = kafka.await().bootstrap();
      EmbeddedJob.announce(job(bootstrap, config, data), model);
      signs = parts.add(new LifeSigns(bootstrap, topics, complaints));
      parts.add(
          new IngestService(
              config.ingest().withKafka(KafkaConfig.at(bootstrap)).withInstance(SAME_MEMBER)));
      boolean watching =
          new StreamRegistrar(
                  bootstrap, topics, InstantSource.system(), () -> UUID.randomUUID().toString())
              .register(config.streams(), DemoStream.street());
      askable = !watching;
      job = answers.await();
      job.submit();
      gateway = pages.await();
    } catch (Exception | Error e) {
      close();
      throw e;
    }
  }

  /** Its Kafka is one node, which keeps one copy. */
  private EmbeddedKafka kafka(Path folder, DemoConfig config) throws Exception {
    EmbeddedKafka kafka = EmbeddedKafka.start(folder, config.kafkaPort());
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
      new TopicCreator(admin).create(topics.definitions(config.topics().partitions(), (short) 1));
      return kafka;
    } catch (Exception | Error e) {
      kafka.close();
      throw e;
    }
  }

  private static Gateway gateway(String bootstrap, DemoConfig config, Path data)
      throws IOException {
    return Gateway.start(config.gateway().at(KafkaConfig.at(bootstrap), data.resolve("gateway")));
  }

  private static JobConfig job(String bootstrap, DemoConfig config, Path data) {
    return config.job().at(KafkaConfig.at(bootstrap), data.resolve("checkpoints").toString());
  }

  /**
   * Starts everything.
   *
   * @param complaints receives one sentence for every stream that fails
   * @throws IOException if a port is in use or the folder cannot be written
   * @throws Exception if a part does not start
   */
  public static Demo start(DemoConfig config, VideoModelProvider model, Consumer<String> complaints)
      throws Exception {
    return new Demo(config, model, complaints);
  }

  /** Returns the page's port. */
  public int port() {
    return gateway.port();
  }

  /** Returns Kafka's address. */
  public String bootstrap() {
    return bootstrap;
  }

  /**
   * Waits until a question finds an answer: the job and the gateway work, and frames come. Where no
   * stream was enabled at the start, frames are not waited for.
   *
   * @return false if {@code stopped} became true before that
   * @throws IllegalStateException as {@link #check}
   * @throws InterruptedException if interrupted
   */
  public boolean awaitReady(BooleanSupplier stopped) throws InterruptedException {
    boolean ready = false;
    while (!ready && !stopped.getAsBoolean()) {
      ready = check() && gateway.ready() && askable;
    }
    return ready;
  }

  /**
   * Looks after the job, and at the streams for a moment; what the job recovers from, it logs.
   *
   * @return whether every part of the job runs
   * @throws IllegalStateException if the job has ended
   * @throws InterruptedException if interrupted
   */
  public boolean check() throws InterruptedException {
    askable |= signs.frameCame();
    return job.isRunning();
  }

  @Override
  public void close() throws Exception {
    parts.close();
  }
}
