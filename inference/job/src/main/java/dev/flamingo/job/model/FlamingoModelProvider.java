package dev.flamingo.job.model;

import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.onnx.Quantization;
import dev.flamingo.model.serving.EngineOptions;
import dev.flamingo.model.serving.FlamingoEngine;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Opens a Flamingo bundle that lies at the same place on every machine of the cluster.
 *
 * @param bundle the bundle's folder
 * @param graphCache folder for graphs derived from it
 * @param threads threads of one operation of the model
 * @param quantization how the language model's weights are kept
 */
public record FlamingoModelProvider(
    String bundle, String graphCache, int threads, Quantization quantization)
    implements VideoModelProvider {

  /** Opens it with its weights as they are. */
  public FlamingoModelProvider(String bundle, String graphCache, int threads) {
    this(bundle, graphCache, threads, Quantization.NONE);
  }

  /** Returns the same with the language model's weights kept in another way. */
  public FlamingoModelProvider with(Quantization other) {
    return new FlamingoModelProvider(bundle, graphCache, threads, other);
  }

  @Override
  public VideoModel open() throws IOException {
    EngineOptions options =
        EngineOptions.cachedIn(Path.of(graphCache))
            .withThreads(threads)
            .withQuantization(quantization);
    return new FlamingoVideoModel(FlamingoEngine.open(Bundle.open(Path.of(bundle)), options));
  }
}
