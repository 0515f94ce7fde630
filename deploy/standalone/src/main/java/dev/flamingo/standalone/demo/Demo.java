package dev.flamingo.standalone.demo;

import dev.flamingo.events.TopicCreator;
import dev.flamingo.events.Topics;
import dev.flamingo.gateway.Gateway;
import dev.flamingo.gateway.GatewayConfig;
import dev.flamingo.ingest.IngestConfig;
import dev.flamingo.ingest.IngestService;
import dev.flamingo.job.EmbeddedJob;
import dev.flamingo.job.JobConfig;
import dev.flamingo.job.answer.AnswerLimits;
import dev.flamingo.job.model.VideoModelProvider;
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
 * Kafka, ingest, the Flink job and the gateway in one JVM. Everything that must outlive a restart
 * lies in one folder.
 */
public final class Demo implements AutoCloseable {

  private static final int PARTITIONS = 4;

  /** A member of its group under the same name at every start: after a kill, none waits for it. */
  private static final Map<String, String> SAME_MEMBER = Map.of("group.instance.id", "demo");

  private final Topics topics = Topics.standard();
  private final Parts parts = new Parts();
  private final LifeSigns signs;
  private final Gateway gateway;
  private final EmbeddedJob job;
  private final String bootstrap;

  private Demo(DemoConfig config, VideoModelProvider model, Consumer<String> complaints)
      throws Exception {
    Path data = Files.createDirectories(config.data()).toAbsolutePath();
    try {
      EmbeddedKafka kafka =
          parts.add(EmbeddedKafka.start(data.resolve("kafka"), config.kafkaPort()));
      bootstrap = kafka.bootstrap();
      createTopics();
      signs = parts.add(new LifeSigns(bootstrap, topics, complaints));
      gateway =
          parts.add(
              Gateway.start(
                  GatewayConfig.of(bootstrap, config.port(), data.resolve("gateway"))
                      .withHost(config.host())
                      .withAccess(config.access())));
      job =
          parts.add(
              EmbeddedJob.start(
                  JobConfig.of(bootstrap, data.resolve("checkpoints").toString())
                      .withAnswers(
                          AnswerLimits.DEFAULT.withHoldUnfamiliar(config.holdUnfamiliar())),
                  model));
      parts.add(new IngestService(IngestConfig.of(bootstrap).withClient(SAME_MEMBER)));
      new StreamRegistrar(
              bootstrap, topics, InstantSource.system(), () -> UUID.randomUUID().toString())
          .register(config.streams(), DemoStream.street());
    } catch (Exception | Error e) {
      close();
      throw e;
    }
  }

  /**
   * Starts everything.
   *
   * @param complaints hears, in a sentence, of every stream that fails
   * @throws IOException if a port is in use or the folder cannot be written
   * @throws Exception if a part does not start
   */
  public static Demo start(DemoConfig config, VideoModelProvider model, Consumer<String> complaints)
      throws Exception {
    return new Demo(config, model, complaints);
  }

  private void createTopics() throws InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      new TopicCreator(admin).create(topics.definitions(PARTITIONS, (short) 1));
    }
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
   * Waits for the first caption.
   *
   * @return false if {@code stopped} became true before it
   * @throws IllegalStateException as {@link #check}
   * @throws InterruptedException if interrupted
   */
  public boolean awaitCaption(BooleanSupplier stopped) throws InterruptedException {
    boolean captioned = false;
    while (!captioned && !stopped.getAsBoolean()) {
      check();
      captioned = signs.captioned();
    }
    return captioned;
  }

  /**
   * Checks that the job goes on; what it recovers from, it logs.
   *
   * @throws IllegalStateException if it does not
   * @throws InterruptedException if interrupted
   */
  public void check() throws InterruptedException {
    var unused = job.isRunning();
  }

  @Override
  public void close() throws Exception {
    parts.close();
  }
}
