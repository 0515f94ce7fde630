package dev.flamingo.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.events.KafkaConfig;
import dev.flamingo.events.TopicsConfig;
import dev.flamingo.gateway.GatewayConfig;
import dev.flamingo.ingest.IngestConfig;
import dev.flamingo.job.JobConfig;
import dev.flamingo.settings.Setting;
import dev.flamingo.standalone.cli.FlamingoCommand;
import dev.flamingo.standalone.cli.Home;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SettingsFileTest {

  private static final String PASSWORD = "hunter2-hunter2";

  private final Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  SettingsFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private int run(Map<String, String> environment, String... arguments) {
    CommandLine line = FlamingoCommand.create(new Home(Path.of("home"), folder, environment));
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments);
  }

  private Path file(String text) throws Exception {
    return Files.writeString(folder.resolve("flamingo.properties"), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"config", "gateway", "ingest", "job", "demo"})
  void fiveMistakesAreFiveSentencesInOneRun(String command) throws Exception {
    Path file =
        file(
            """
            gatway.port = 8081
            gateway.port = 99999
            job.answers.grace = soon
            kafka.client.security.protocol = SASL
            kafka.client.sasl.jass.config = ScramLoginModule required password="%s";
            """
                .formatted(PASSWORD));
    assertThat(run(Map.of(), command, "--config", file.toString())).isEqualTo(2);
    assertThat(err.toString().replace(file.toString(), "flamingo.properties").lines())
        .containsExactly(
            "flamingo.properties:1: gatway.port is not a setting: did you mean gateway.port?",
            "flamingo.properties:2: gateway.port: '99999' is not a port: give 0 to 65535",
            "flamingo.properties:3: job.answers.grace 'soon' is not a duration: give a number with"
                + " ms, s, m, h or d, as in 5s",
            "flamingo.properties:4: kafka.client.security.protocol: Invalid value SASL for"
                + " configuration security.protocol: String must be one of (case insensitive):"
                + " SASL_SSL, PLAINTEXT, SSL, SASL_PLAINTEXT",
            "flamingo.properties:5: kafka.client.sasl.jass.config: kafka's clients have no property"
                + " sasl.jass.config: did you mean sasl.jaas.config?",
            "see flamingo " + command + " --help");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void whatIsInForceIsShownWithWhereItComesFromButNoSecret() throws Exception {
    Path file =
        file(
            """
            gateway.port = 8081
            topics.prefix = street.
            kafka.client.sasl.jaas.config = required password="%1$s";
            kafka.client.ssl.truststore.password = %1$s
            kafka.client.ssl.truststore.location = /etc/trust.p12
            token = %1$s
            job.memory.bytes = 1GiB
            """
                .formatted(PASSWORD));
    Map<String, String> environment =
        Map.of(
            "FLAMINGO_CONFIG",
            file.toString(),
            "FLAMINGO_GATEWAY_PORT",
            "8082",
            "FLAMINGO_SOURCES",
            "door=rtsp://u:%s@cam/1".formatted(PASSWORD),
            "FLAMINGO_KAFKA_CLIENT_SASL_MECHANISM",
            "SCRAM-SHA-512",
            "FLAMINGO_HEAP",
            "1g",
            "FLAMINGO_LOG",
            "INFO");
    assertThat(run(environment, "config")).as(err.toString()).isZero();
    assertThat(out.toString().replace(file.toString(), "file").lines())
        .map(line -> line.replaceAll(" +", " "))
        .contains(
            "gateway.port 8082 FLAMINGO_GATEWAY_PORT",
            "topics.prefix street. file:2",
            "job.group street.job default",
            "job.memory.bytes 1GiB file:7",
            "kafka.client.sasl.jaas.config (secret) file:3",
            "kafka.client.ssl.truststore.password (secret) file:4",
            "kafka.client.ssl.truststore.location /etc/trust.p12 file:5",
            "kafka.client.sasl.mechanism SCRAM-SHA-512 FLAMINGO_KAFKA_CLIENT_SASL_MECHANISM",
            "token (secret) file:6",
            "sources (secret) FLAMINGO_SOURCES",
            "heap 1g FLAMINGO_HEAP",
            "ingest.frames.quality 92 default",
            "device - default");
    assertThat(out + " " + err).doesNotContain(PASSWORD);
    out.getBuffer().setLength(0);

    assertThat(run(environment, "config", "--changed")).isZero();
    assertThat(out.toString().lines()).hasSize(11).noneMatch(line -> line.endsWith("default"));
  }

  @Test
  void aFlagWinsOverTheEnvironmentAndThatOverTheFile() throws Exception {
    Path file = file("bundle = from-file\nengine = auto\n");
    String[] ask = {"ask", "--config", file.toString(), "video.mp4", "what is red?"};
    assertThat(run(Map.of(), ask)).isEqualTo(1);
    assertThat(err.toString()).contains("from-file/bundle.json");
    assertThat(run(Map.of("FLAMINGO_BUNDLE", "from-variable"), ask)).isEqualTo(1);
    assertThat(err.toString()).contains("from-variable/bundle.json");
    String[] flag = {"ask", "--bundle=from-flag", "--config", file.toString(), "video.mp4", "why?"};
    assertThat(run(Map.of("FLAMINGO_BUNDLE", "from-variable"), flag)).isEqualTo(1);
    assertThat(err.toString()).contains("from-flag/bundle.json");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        IngestConfig.class,
        JobConfig.class,
        GatewayConfig.class,
        KafkaConfig.class,
        TopicsConfig.class
      })
  void everythingThatARecordOfSettingsHoldsCanBeSet(Class<?> type) {
    // Shared by all services, and so set once for all.
    Set<String> shared = Set.of("kafka", "prefix", "topics", "token");
    // The form of frames is the served model's, the pace of pictures each stream's.
    Set<String> others = Set.of("formats", "snapshotEvery");
    for (RecordComponent component : type.getRecordComponents()) {
      if (!shared.contains(component.getName()) && !others.contains(component.getName())) {
        assertThat(component.isAnnotationPresent(Setting.class)).as("%s", component).isTrue();
        if (component.getType().isRecord()) {
          everythingThatARecordOfSettingsHoldsCanBeSet(component.getType());
        }
      }
    }
  }

  @Test
  void theReferencePageIsTheCodes() throws Exception {
    assertThat(run(Map.of(), "config", "--reference")).isZero();
    assertThat(Files.readString(Path.of("../../docs/configuration.md")))
        .as("run deploy/flamingo config --reference > docs/configuration.md")
        .isEqualTo(out.toString());
  }

  @Test
  void theHelpDescribesFlagsByTheirSettings() {
    assertThat(run(Map.of(), "gateway", "--help")).isZero();
    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains(
            "--kafka=HOST:PORT Kafka's addresses, HOST:PORT, separated by commas; default:"
                + " localhost:9092",
            "--port=N port of the page, of HTTP and of WebSockets; 0 for any that is free; default:"
                + " 8080",
            "--insecure serves other machines without a token, too",
            "--config=FILE a file of settings");
  }
}
