package dev.flamingo.model.onnx;

import java.util.Locale;

/**
 * How a graph keeps and multiplies the weights of its linear layers. All but {@link #NONE} are
 * operators of ONNX Runtime's own, fast on the CPU; activations become 8 bits on the way, where a
 * float's rounding may become a step of these: then what shares a batch may change an answer.
 */
public enum Quantization {
  /** 32-bit floating point. */
  NONE,
  /**
   * 8 bits with one scale for each output. The activations of a whole batch share one scale, too:
   * what stands beside a row moves its result by a rounding step.
   */
  INT8,
  /** 8 bits with a scale and a zero point for every 32 weights. */
  BLOCKS8,
  /** 4 bits with a scale and a zero point for every 32 weights. */
  BLOCKS4;

  /** Returns a graph with its weights kept so; the same graph where this is {@link #NONE}. */
  public DerivedGraph of(DerivedGraph graph) {
    return this == NONE ? graph : new QuantizedGraph(graph, this);
  }

  /** Returns the name by which people choose it and files are told apart. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether it keeps the weights of a layer of so many inputs. */
  boolean takes(long inputs) {
    return switch (this) {
      case NONE -> false;
      case INT8 -> true;
      case BLOCKS8, BLOCKS4 -> inputs % BlockMatrix.BLOCK == 0;
    };
  }

  /** Returns a weight that this {@linkplain #takes takes} as it keeps it. */
  QuantizedMatrix matrix(String name, int outputs, int inputs) {
    return switch (this) {
      case NONE -> throw new IllegalArgumentException("%s is to stay as it is".formatted(name));
      case INT8 -> new ColumnMatrix(name, outputs, inputs);
      case BLOCKS8 -> new BlockMatrix(name, 8, outputs, inputs);
      case BLOCKS4 -> new BlockMatrix(name, 4, outputs, inputs);
    };
  }
}
