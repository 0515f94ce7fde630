package dev.flamingo.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flamingo.events.KafkaConfig;
import dev.flamingo.settings.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmittedArgumentsTest {

  @Test
  void argumentsAreEnough() {
    String[] arguments = {
      "--bootstrap",
      "kafka:9092",
      "--bundle=/bundle",
      "--graph-cache",
      "/graphs",
      "--checkpoints",
      "s3://bucket/checkpoints",
      "--prefix",
      "street.",
      "--parallelism",
      "4",
      "--hold-unfamiliar-captions",
      "true"
    };
    SubmittedArguments read = SubmittedArguments.of(arguments, Map.of());
    assertThat(read.job().kafka()).isEqualTo(KafkaConfig.at("kafka:9092"));
    assertThat(read.job().group()).isEqualTo("street.job");
    assertThat(read.job().parallelism()).isEqualTo(4);
    assertThat(read.job().answers().holdUnfamiliar()).isTrue();
    assertThat(read.model()).isEqualTo(new SubmittedModel("/bundle", "/graphs", 2, "cpu", "auto"));
  }

  @Test
  void theFileOfAllServicesHoldsWhatArgumentsMustNotShow(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("flamingo.properties"),
            """
            kafka = kafka:9093
            kafka.client.security.protocol = SASL_SSL
            kafka.client.sasl.jaas.config = module required password="hunter2";
            bundle = /bundle
            graph.cache = /graphs
            job.checkpoints = file:///checkpoints
            job.memory.history = 1h
            gateway.port = 8081
            ingest.group = cameras
            engine = auto
            """);
    String[] arguments = {"--config", file.toString(), "--threads=3"};
    SubmittedArguments read =
        SubmittedArguments.of(arguments, Map.of("FLAMINGO_JOB_PARALLELISM", "2"));
    assertThat(read.job().kafka().properties())
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("bootstrap.servers", "kafka:9093");
    assertThat(read.job().memory().history()).isEqualTo(Duration.ofHours(1));
    assertThat(read.job().parallelism()).isEqualTo(2);
    assertThat(read.model().threads()).isEqualTo(3);
    assertThat(read.toString()).doesNotContain("hunter2");
  }

  @Test
  void allThatIsMissingOrWrongIsReportedTogether() {
    String[] arguments = {
      "--bundle", "/b", "--checkpoints", "here", "--paralelism", "4", "--device", "abacus"
    };
    assertThatThrownBy(() -> SubmittedArguments.of(arguments, Map.of("FLAMINGO_THREADS", "none")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContainingAll(
            "kafka is missing: give --bootstrap, or kafka in the file",
            "graph.cache is missing: give --graph-cache",
            "checkpoint folder 'here' is relative: give an absolute one",
            "--paralelism is not a setting: did you mean --parallelism?",
            "FLAMINGO_THREADS 'none' is not a number",
            "--device: ");
  }
}
