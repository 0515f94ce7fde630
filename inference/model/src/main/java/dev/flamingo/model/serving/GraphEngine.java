package dev.flamingo.model.serving;

import java.util.Optional;

/** What runs graphs on a device. */
interface GraphEngine {

  /** Returns what keeps this machine from running it, in a sentence; empty if nothing does. */
  Optional<String> missing();

  /**
   * Returns whether it takes the graphs of {@link dev.flamingo.model.onnx.FixedGraphs}, and no
   * others.
   */
  boolean fixed();

  /** Returns what loads graphs into it. */
  GraphLoader loader(EngineOptions options);
}
