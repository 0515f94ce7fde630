package dev.flamingo.standalone;

import dev.flamingo.events.KafkaConfig;
import dev.flamingo.events.TopicsConfig;
import dev.flamingo.gateway.Access;
import dev.flamingo.gateway.GatewayConfig;
import dev.flamingo.ingest.IngestConfig;
import dev.flamingo.job.JobConfig;
import dev.flamingo.settings.Settings;
import dev.flamingo.standalone.demo.DemoSettings;
import java.nio.file.Path;

/**
 * Everything that can be set about the programs of the command line, and so every key that there
 * is.
 *
 * @param installation the model and what it runs on
 * @param kafka the way to Kafka
 * @param topics names and layout of the topics
 * @param secrets tokens and sources
 * @param ingest the ingest process
 * @param job the Flink job
 * @param gateway the gateway, still without its token: see {@link #access}
 * @param demo what the demo has beside them
 * @param launcher what the launcher reads
 */
public record FlamingoSettings(
    Installation installation,
    KafkaConfig kafka,
    TopicsConfig topics,
    Secrets secrets,
    IngestConfig ingest,
    JobConfig job,
    GatewayConfig gateway,
    DemoSettings demo,
    LauncherSettings launcher) {

  private static final int PORT = 8080;

  /**
   * Reads everything; {@link Settings#check} says what is wrong.
   *
   * @param home the project's folder
   * @param user the home folder of the user
   */
  public static FlamingoSettings read(Settings settings, Path home, Path user) {
    Installation installation = settings.read("", Installation.usual(home, user));
    KafkaConfig kafka = settings.read("", KafkaConfig.LOCAL);
    TopicsConfig topics = settings.read("topics", TopicsConfig.DEFAULT);
    return new FlamingoSettings(
        installation,
        kafka,
        topics,
        settings.read("", Secrets.NONE),
        settings.read("ingest", IngestConfig.of(kafka).withPrefix(topics.prefix())),
        settings.read("job", JobConfig.of(kafka, "data/job").withPrefix(topics.prefix())),
        settings.read(
            "gateway",
            GatewayConfig.of(kafka, PORT, Path.of("data/gateway")).withTopics(topics.topics())),
        settings.read("demo", DemoSettings.DEFAULT),
        settings.read("", LauncherSettings.NONE));
  }

  /**
   * Returns who may use the gateway.
   *
   * @throws IllegalArgumentException if others could reach it without a token, or the token cannot
   *     be had
   */
  public Access access() {
    Access access = gateway.access().withToken(secrets.accessToken().orElse(null));
    access.check(gateway.host());
    return access;
  }
}
