package dev.flamingo.standalone.cli;

import dev.flamingo.job.model.FlamingoModelProvider;
import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.onnx.Quantization;
import dev.flamingo.model.serving.Device;
import dev.flamingo.model.serving.EngineOptions;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.standalone.EngineChoice;
import dev.flamingo.standalone.Installation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which model a command uses. */
final class ModelOption {

  private final Installation installation;

  @Option(
      names = "--bundle",
      paramLabel = "DIR",
      description = "the model; default: the street model that ships with the project")
  private @Nullable Path bundle;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  ModelOption(Installation installation) {
    this.installation = installation;
  }

  Path path() {
    return bundle == null ? installation.bundle() : bundle;
  }

  Bundle bundle() throws IOException {
    return Bundle.open(path());
  }

  FlamingoEngine engine() throws IOException {
    return engine(Quantization.NONE);
  }

  /** Returns an engine whose language model keeps its weights in another way. */
  FlamingoEngine engine(Quantization quantization) throws IOException {
    EngineOptions options = EngineOptions.cachedIn(installation.graphs()).on(device());
    return FlamingoEngine.open(bundle(), options.withQuantization(quantization));
  }

  /**
   * Checks that the CPU is what models run on, where nothing else can be chosen.
   *
   * @throws IllegalStateException if something else is
   */
  void requireCpu() {
    Device device = device();
    if (device != Device.CPU) {
      throw new IllegalStateException(
          "flamingo %s runs on the cpu alone: unset FLAMINGO_ENGINE and FLAMINGO_DEVICE"
              .formatted(command.name()));
    }
  }

  /**
   * Returns the model for a service, and says what it runs on.
   *
   * @throws IOException if the bundle or the device cannot be used: told here, in one sentence, and
   *     not by Flink
   */
  FlamingoModelProvider provider() throws IOException {
    bundle();
    Device device = installation.engine().device(this::tell);
    device.require();
    return new FlamingoModelProvider(
        path().toAbsolutePath().toString(),
        installation.graphs().toString(),
        Runtime.getRuntime().availableProcessors(),
        device);
  }

  private Device device() {
    EngineChoice choice = installation.engine();
    return choice.device(choice.said() ? this::tell : sentence -> {});
  }

  private void tell(String sentence) {
    PrintWriter err = command.commandLine().getErr();
    err.println(sentence);
    err.flush();
  }
}
