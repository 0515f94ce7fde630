package dev.flamingo.standalone.cli;

import dev.flamingo.settings.KnownSetting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The page that describes all settings, made from the records that hold them. */
final class ConfigurationPage {

  private static final String HEAD =
      """
      # Configuration

      This page is generated: `deploy/flamingo config --reference > docs/configuration.md`.

      Every setting has a key in dotted lower case. It is taken from, the last one wins:

      1. its default,
      2. one properties file, named by `--config FILE` or the variable `FLAMINGO_CONFIG`,
      3. the environment: the variable of `gateway.port` is `FLAMINGO_GATEWAY_PORT`; one that is \
      empty counts as not set,
      4. the flags of the command, which `--help` of each lists.

      One file may serve all commands and services, and the job on a cluster
      (`flink run ... --config FILE`). All that is wrong with the settings is reported at once, with the
      place and what to do; a key that does not exist is refused. `deploy/flamingo config` shows what is
      in force and where each value comes from, without secrets. Durations are written with `ms`, `s`,
      `m`, `h` or `d`, numbers of bytes alone or with `KiB`, `MiB` or `GiB`, lists with commas.

      ```
      # a Kafka that wants TLS and a login
      kafka = kafka.example:9093
      kafka.client.security.protocol = SASL_SSL
      kafka.client.sasl.mechanism = SCRAM-SHA-512
      kafka.client.sasl.jaas.config = org.apache.kafka.common.security.scram.ScramLoginModule \\
        required username="flamingo" password="...";
      kafka.client.ssl.truststore.location = /etc/flamingo/truststore.p12
      kafka.client.ssl.truststore.password = ...

      gateway.port = 8081
      ```

      A file with passwords belongs to its user alone (`chmod 600`). Under Kubernetes, a service that is
      called `flamingo-...` puts variables of its own into every container; they are recognised and left
      alone.
      """;

  private static final List<Part> PARTS =
      List.of(
          new Part("Model", "", "bundle|cache|graph|threads|engine|device|quantize"),
          new Part(
              "Kafka",
              """
              What stands below `kafka.client` goes to every client of Kafka, as Kafka's own documentation
              describes it. What the services' guarantees rest on, such as `isolation.level`, they set
              themselves, and refuse here. The demo has a Kafka of its own and uses none of these.\
              """,
              "kafka"),
          new Part("Topics", "", "topics"),
          new Part(
              "Secrets",
              "No flag takes a secret: others see the list of processes.",
              "token|sources"),
          new Part("Ingest", "", "ingest"),
          new Part("Job", "", "job"),
          new Part("Gateway", "", "gateway"),
          new Part(
              "Demo",
              "The demo uses the settings of ingest, job and gateway, too, but keeps its data here.",
              "demo"),
          new Part(
              "Launcher",
              "Read by `deploy/flamingo` before Java starts, from the file and the environment.",
              "heap|java|log"));

  /** A part of the page, with all settings whose keys begin with one of some words. */
  private record Part(String title, String text, String words) {
    boolean has(KnownSetting setting) {
      return setting.key().matches("(" + words + ")(\\..*)?");
    }
  }

  /** Returns the page in Markdown. */
  String text() {
    // Independent of the machine.
    List<KnownSetting> all = new Home(Path.of(""), Path.of("~"), Map.of()).usual().known();
    StringBuilder page = new StringBuilder(HEAD);
    for (Part part : PARTS) {
      page.append("\n## ").append(part.title()).append("\n\n");
      if (!part.text().isEmpty()) {
        page.append(part.text()).append("\n\n");
      }
      page.append("| key | type | default | what it sets |\n|---|---|---|---|\n");
      all.stream().filter(part::has).forEach(setting -> page.append(row(setting)));
    }
    return page.toString();
  }

  private static String row(KnownSetting setting) {
    return "| `%s` | %s | %s | %s |\n"
        .formatted(
            setting.key(),
            setting.secret() ? setting.type() + ", secret" : setting.type(),
            setting.usual().isEmpty() ? "" : "`" + setting.usual() + "`",
            setting.description());
  }
}
