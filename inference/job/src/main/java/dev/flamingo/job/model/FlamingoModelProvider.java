package dev.flamingo.job.model;

import dev.flamingo.model.bundle.Bundle;
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
 */
public record FlamingoModelProvider(String bundle, String graphCache, int threads)
    implements VideoModelProvider {

  @Override
  public VideoModel open() throws IOException {
    EngineOptions options = EngineOptions.cachedIn(Path.of(graphCache)).withThreads(threads);
    return new FlamingoVideoModel(FlamingoEngine.open(Bundle.open(Path.of(bundle)), options));
  }
}
