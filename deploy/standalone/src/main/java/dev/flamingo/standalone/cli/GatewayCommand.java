package dev.flamingo.standalone.cli;

import dev.flamingo.gateway.Access;
import dev.flamingo.gateway.Gateway;
import dev.flamingo.standalone.FlamingoSettings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "gateway", description = "Serves the page, WebSocket and HTTP.")
@SuppressWarnings("unused") // flags, which ConfigOption reads
final class GatewayCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private final ConfigOption config;

  @Mixin private final KafkaFlags kafka = new KafkaFlags();

  @Mixin private final AccessFlags access = new AccessFlags();

  @Option(names = "--data", paramLabel = "DIR", descriptionKey = "gateway.data")
  private String data;

  GatewayCommand(Home home) {
    config = new ConfigOption(home);
  }

  @Override
  public Integer call() throws Exception {
    FlamingoSettings settings = config.read();
    Access allowed = config.access(settings);
    new TopicSetup(settings.kafka(), settings.topics()).create();
    try (ShutdownSignal signal = new ShutdownSignal();
        Gateway gateway = Gateway.start(settings.gateway().withAccess(allowed))) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("page   http://localhost:" + gateway.port());
      out.flush();
      signal.await();
      return signal.status();
    }
  }
}
