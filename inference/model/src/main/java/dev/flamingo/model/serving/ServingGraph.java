package dev.flamingo.model.serving;

import dev.flamingo.model.onnx.DerivedGraph;
import dev.flamingo.model.onnx.FlamingoGraphs;
import dev.flamingo.model.onnx.Quantization;
import java.util.List;
import java.util.stream.Stream;

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

  /** Returns all graphs, with their weights kept as {@link #with} says. */
  public static List<DerivedGraph> all(Quantization quantization) {
    return Stream.of(values()).map(graph -> graph.with(quantization)).toList();
  }

  /**
   * Returns this graph in fewer bits if it pays: the decoder, which runs for every token, with its
   * weights as they are asked for; the frame encoder, which has the most to compute, with
   * convolutions in 8 bits where {@link Quantization#INT8} is asked for and it is large enough to
   * gain.
   */
  public DerivedGraph with(Quantization quantization) {
    return switch (this) {
      case FRAME_ENCODER -> quantization == Quantization.INT8 ? new QuantizedEncoder() : this;
      case DECODER -> quantization.of(this);
      case RESAMPLER, VISUAL_KEYS_VALUES -> this;
    };
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
