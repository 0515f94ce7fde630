package dev.flamingo.model.onnx;

/** A graph that is written from a model's weights into a file of its own. */
public interface DerivedGraph {

  /** Returns the name of its file. */
  String fileName();

  /**
   * Returns it as ONNX bytes.
   *
   * @throws IllegalArgumentException if the model's parameters do not fit its architecture
   */
  byte[] write(FlamingoGraphs graphs);
}
