package dev.flamingo.standalone.cli;

import dev.flamingo.settings.KnownSetting;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "config",
    description = {
      "Shows the settings in force, and where each comes from; secrets are left out.",
      "",
      "Settings stand in one properties file (--config FILE, or FLAMINGO_CONFIG), one a line:",
      "",
      "  gateway.port = 8081",
      "  kafka.client.security.protocol = SASL_SSL",
      "",
      "A variable wins over the file: FLAMINGO_GATEWAY_PORT is gateway.port. A flag of a",
      "command wins over both. All of them are described in docs/configuration.md."
    })
final class ConfigCommand implements Callable<Integer> {

  @Mixin private final ConfigOption config;

  @Spec private CommandSpec spec;

  @Option(names = "--changed", description = "shows only what is not the default")
  private boolean changed;

  @Option(names = "--reference", description = "prints the page that describes all settings")
  private boolean reference;

  ConfigCommand(Home home) {
    config = new ConfigOption(home);
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (reference) {
      out.print(new ConfigurationPage().text());
    } else {
      print(config.inForce(), out);
    }
    out.flush();
    return 0;
  }

  private void print(List<KnownSetting> all, PrintWriter out) {
    List<KnownSetting> shown =
        all.stream()
            .filter(setting -> !setting.key().endsWith(".*"))
            .filter(setting -> !changed || setting.given().isPresent())
            .toList();
    int keys = width(shown.stream().map(KnownSetting::key).toList());
    int values = width(shown.stream().map(ConfigCommand::oneLine).toList());
    String row = "%-" + keys + "s  %-" + values + "s  %s%n";
    shown.forEach(it -> out.printf(row, it.key(), oneLine(it), it.origin()));
  }

  private static int width(List<String> texts) {
    return Math.max(
        1, texts.stream().mapToInt(String::length).filter(it -> it < 50).max().orElse(1));
  }

  private static String oneLine(KnownSetting setting) {
    return setting.value().isEmpty() ? "-" : setting.value().replace("\n", "\\n");
  }
}
