package dev.flamingo.job.model;

import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.bundle.FileHashes;
import dev.flamingo.model.onnx.Quantization;
import dev.flamingo.model.serving.Device;
import dev.flamingo.model.serving.EngineOptions;
import dev.flamingo.model.serving.FlamingoEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a Flamingo bundle that lies at the same place on every machine of the cluster.
 *
 * @param bundle the bundle's folder
 * @param graphCache folder for graphs derived from it
 * @param threads threads of one operation of the model
 * @param device what it computes on, on every machine that opens it
 * @param quantization how the language model's weights are kept
 */
public record FlamingoModelProvider(
    String bundle, String graphCache, int threads, Device device, Quantization quantization)
    implements VideoModelProvider {

  private static final Logger LOG = LoggerFactory.getLogger(FlamingoModelProvider.class);
  private static final int ABORTED = 134;

  /** Opens it on the CPU with its weights as they are. */
  public FlamingoModelProvider(String bundle, String graphCache, int threads) {
    this(bundle, graphCache, threads, Device.CPU, Quantization.NONE);
  }

  /** Returns the same on another device. */
  public FlamingoModelProvider on(Device other) {
    return new FlamingoModelProvider(bundle, graphCache, threads, other, quantization);
  }

  /** Returns the same with the language model's weights kept in another way. */
  public FlamingoModelProvider with(Quantization other) {
    return new FlamingoModelProvider(bundle, graphCache, threads, device, other);
  }

  @Override
  public Optional<ModelDescription> description() throws IOException {
    // Who submits a job to a cluster need not have what the cluster has.
    if (!Files.isDirectory(Path.of(bundle))) {
      return Optional.empty();
    }
    Bundle read = Bundle.open(Path.of(bundle));
    return Optional.of(FlamingoVideoModel.describe(read, read.familiarity().isPresent()));
  }

  @Override
  public VideoModel open() throws IOException {
    Path cache = Path.of(graphCache);
    EngineOptions options =
        EngineOptions.cachedIn(cache)
            .withThreads(threads)
            .on(device)
            .withQuantization(quantization)
            .whenDeviceLost(FlamingoModelProvider::end);
    Bundle opened = Bundle.open(Path.of(bundle), FileHashes.keptIn(cache));
    return new FlamingoVideoModel(FlamingoEngine.open(opened, options));
  }

  /**
   * Ends the process as the native code's own abort would. A GPU that is lost stays lost until
   * then, and every question would fail; so they are answered when the job goes on from its last
   * checkpoint.
   */
  private static void end(RuntimeException failure) {
    LOG.error("the gpu is lost, and the process with it: {}", failure.getMessage());
    Runtime.getRuntime().halt(ABORTED);
  }
}
