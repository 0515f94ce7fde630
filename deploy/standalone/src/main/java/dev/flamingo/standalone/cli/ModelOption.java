package dev.flamingo.standalone.cli;

import dev.flamingo.job.model.FlamingoModelProvider;
import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.bundle.FileHashes;
import dev.flamingo.model.onnx.Quantization;
import dev.flamingo.model.serving.Device;
import dev.flamingo.model.serving.EngineOptions;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.standalone.Installation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which model a command uses, and how it keeps its weights. */
@SuppressWarnings("unused") // flags, which ConfigOption reads
final class ModelOption {

  private final ConfigOption config;

  @Option(names = "--bundle", paramLabel = "DIR", descriptionKey = "bundle")
  private String bundle;

  @Option(names = "--quantize", paramLabel = "KIND", descriptionKey = "quantize")
  private String quantize;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  ModelOption(ConfigOption config) {
    this.config = config;
  }

  Installation installation() {
    return config.read().installation();
  }

  Path path() {
    return installation().bundle();
  }

  Bundle bundle() throws IOException {
    return Bundle.open(path(), FileHashes.keptIn(installation().graphs()));
  }

  /** Returns whether a flag of the command names how weights are kept. */
  boolean namesQuantization() {
    return config.hasFlag("quantize");
  }

  /** Returns how the language model's weights are kept. */
  Quantization quantization() {
    return quantization(device());
  }

  private Quantization quantization(Device device) {
    return installation().choice().quantization(device, this::reportChoice);
  }

  /** Returns an engine as it serves. */
  FlamingoEngine engine() throws IOException {
    Device device = device();
    return open(bundle(), device, quantization(device));
  }

  /** Returns an engine whose language model keeps its weights as they are. */
  FlamingoEngine plainEngine() throws IOException {
    return plainEngine(bundle());
  }

  /** Returns the same of a bundle that is open already. */
  FlamingoEngine plainEngine(Bundle opened) throws IOException {
    return open(opened, device(), Quantization.NONE);
  }

  private FlamingoEngine open(Bundle opened, Device device, Quantization quantization)
      throws IOException {
    EngineOptions options = EngineOptions.cachedIn(installation().graphs()).on(device);
    return FlamingoEngine.open(opened, options.withQuantization(quantization));
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
          "flamingo %s runs on the cpu alone: leave out engine and device"
              .formatted(command.name()));
    }
  }

  /**
   * Returns the model for a service, and reports what it runs on and how it keeps its weights.
   *
   * @throws IOException if the bundle or the device cannot be used: found here, in one sentence,
   *     and not by Flink
   */
  FlamingoModelProvider provider() throws IOException {
    bundle();
    Installation installation = installation();
    Device device = installation.choice().device(this::report);
    device.require();
    int threads = installation.threads();
    return new FlamingoModelProvider(
        path().toAbsolutePath().toString(),
        installation.graphs().toAbsolutePath().toString(),
        threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
        device,
        installation.choice().quantization(device, this::report));
  }

  private Device device() {
    return installation().choice().device(this::reportChoice);
  }

  private void reportChoice(String sentence) {
    if (installation().choice().chosen()) {
      report(sentence);
    }
  }

  private void report(String sentence) {
    PrintWriter err = command.commandLine().getErr();
    err.println(sentence);
    err.flush();
  }
}
