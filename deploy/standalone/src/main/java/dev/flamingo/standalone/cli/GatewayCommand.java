package dev.flamingo.standalone.cli;

import dev.flamingo.gateway.Access;
import dev.flamingo.gateway.Gateway;
import dev.flamingo.gateway.GatewayConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "gateway", description = "Serves the page, WebSocket and HTTP.")
final class GatewayCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private final KafkaOption kafka = new KafkaOption();

  @Mixin private final AccessOption access = new AccessOption(System.getenv());

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = PortConverter.class,
      defaultValue = "8080",
      description = "its port; default: ${DEFAULT-VALUE}")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data/gateway",
      description = "holds the views; default: ${DEFAULT-VALUE}")
  private Path data;

  @Override
  public Integer call() throws Exception {
    Access allowed = access.access();
    kafka.createTopics();
    GatewayConfig config =
        GatewayConfig.of(kafka.bootstrap(), port, data.toAbsolutePath())
            .withTopics(kafka.topics())
            .withHost(access.host())
            .withAccess(allowed);
    try (ShutdownSignal signal = new ShutdownSignal();
        Gateway gateway = Gateway.start(config)) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("page   http://localhost:" + gateway.port());
      out.flush();
      signal.await();
      return signal.status();
    }
  }
}
