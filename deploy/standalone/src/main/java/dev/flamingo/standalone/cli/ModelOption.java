package dev.flamingo.standalone.cli;

import dev.flamingo.job.model.FlamingoModelProvider;
import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.bundle.FileHashes;
import dev.flamingo.model.onnx.Quantization;
import dev.flamingo.model.serving.Device;
import dev.flamingo.model.serving.EngineOptions;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.model.serving.QuantizationChoice;
import dev.flamingo.standalone.Installation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which model a command uses, and how it keeps its weights. */
final class ModelOption {

  private final Installation installation;

  @Option(
      names = "--bundle",
      paramLabel = "DIR",
      description = "the model; default: the street model that ships with the project")
  private @Nullable Path bundle;

  @Option(
      names = "--quantize",
      paramLabel = "KIND",
      converter = QuantizationConverter.class,
      description =
          "how the language model's weights are kept: auto, none, int8, blocks8 or blocks4;"
              + " default: as FLAMINGO_QUANTIZE says, or auto: blocks8 on the cpu, else none")
  private @Nullable QuantizationChoice quantize;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  ModelOption(Installation installation) {
    this.installation = installation;
  }

  Path path() {
    return bundle == null ? installation.bundle() : bundle;
  }

  Bundle bundle() throws IOException {
    return Bundle.open(path(), FileHashes.keptIn(installation.graphs()));
  }

  /** Returns whether the command names how weights are kept. */
  boolean namesQuantization() {
    return quantize != null;
  }

  /** Returns how the language model's weights are kept. */
  Quantization quantization() {
    return quantization(device(), this::tellWhatWasSaid);
  }

  private Quantization quantization(Device device, Consumer<String> log) {
    if (quantize == null) {
      return installation.engine().quantization(device, log);
    }
    Quantization kind = quantize.on(device);
    log.accept("weights: %s, as --quantize says".formatted(kind.label()));
    return kind;
  }

  /** Returns an engine as it serves. */
  FlamingoEngine engine() throws IOException {
    Device device = device();
    return open(device, quantization(device, this::tellWhatWasSaid));
  }

  /** Returns an engine whose language model keeps its weights as they are. */
  FlamingoEngine plainEngine() throws IOException {
    return open(device(), Quantization.NONE);
  }

  private FlamingoEngine open(Device device, Quantization quantization) throws IOException {
    EngineOptions options = EngineOptions.cachedIn(installation.graphs()).on(device);
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
   * Returns the model for a service, and says what it runs on and how it keeps its weights.
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
        device,
        quantization(device, this::tell));
  }

  private Device device() {
    return installation.engine().device(this::tellWhatWasSaid);
  }

  private void tellWhatWasSaid(String sentence) {
    if (installation.engine().said()) {
      tell(sentence);
    }
  }

  private void tell(String sentence) {
    PrintWriter err = command.commandLine().getErr();
    err.println(sentence);
    err.flush();
  }
}
