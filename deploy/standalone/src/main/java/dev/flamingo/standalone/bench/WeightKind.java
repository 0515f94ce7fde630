package dev.flamingo.standalone.bench;

import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.serving.EngineOptions;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.model.serving.GraphExporter;
import dev.flamingo.model.serving.ServingGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** How the weights of graphs are stored: the kinds that engines can be opened with. */
enum WeightKind {
  /** 32-bit floats. */
  FP32("fp32") {
    @Override
    FlamingoEngine open(Bundle bundle, EngineOptions options) throws IOException {
      return FlamingoEngine.open(bundle, options);
    }

    @Override
    Path decoder(Bundle bundle, Path cache) throws IOException {
      Map<ServingGraph, Path> graphs = new GraphExporter().derive(bundle, cache);
      return Objects.requireNonNull(graphs.get(ServingGraph.DECODER));
    }
  };

  private final String label;

  WeightKind(String label) {
    this.label = label;
  }

  /** Returns its name in results. */
  String label() {
    return label;
  }

  /**
   * Opens an engine with such weights; the caller closes it.
   *
   * @throws IOException if a file cannot be read or written
   */
  abstract FlamingoEngine open(Bundle bundle, EngineOptions options) throws IOException;

  /**
   * Returns the file of the decoder's graph with such weights.
   *
   * @throws IOException if it cannot be read or written
   */
  abstract Path decoder(Bundle bundle, Path cache) throws IOException;
}
