package dev.flamingo.model.onnx;

/** The element types of values in a graph, with their numbers in ONNX's TensorProto. */
public enum ElementType {
  /** 32-bit floating point. */
  FLOAT(1),
  /** 32-bit whole numbers. */
  INT32(6),
  /** 64-bit whole numbers. */
  INT64(7),
  /** True or false. */
  BOOL(9);

  private final int number;

  ElementType(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
