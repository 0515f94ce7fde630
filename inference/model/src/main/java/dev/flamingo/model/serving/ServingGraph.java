package dev.flamingo.model.serving;

import dev.flamingo.model.onnx.DerivedGraph;
import dev.flamingo.model.onnx.FlamingoGraphs;

/** The graphs that serving runs, see {@link FlamingoGraphs}. */
public enum ServingGraph implements DerivedGraph {
  /** Pictures to features. */
  FRAME_ENCODER("frame-encoder.onnx"),
  /** Windows of features to visual tokens. */
  RESAMPLER("resampler.onnx"),
  /** Visual tokens to the keys and values that the gated layers look at. */
  VISUAL_KEYS_VALUES("visual-keys-values.onnx"),
  /** The language model with its gated layers, one step. */
  DECODER("decoder.onnx");

  private final String fileName;

  ServingGraph(String fileName) {
    this.fileName = fileName;
  }

  @Override
  public String fileName() {
    return fileName;
  }

  @Override
  public byte[] write(FlamingoGraphs graphs) {
    return switch (this) {
      case FRAME_ENCODER -> graphs.frameEncoder();
      case RESAMPLER -> graphs.resampler();
      case VISUAL_KEYS_VALUES -> graphs.visualKeysValues();
      case DECODER -> graphs.decoder();
    };
  }
}
