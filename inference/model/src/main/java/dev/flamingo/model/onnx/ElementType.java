package dev.flamingo.model.onnx;

/** The element types of graph inputs, with their numbers in ONNX's TensorProto. */
public enum ElementType {
  /** 32-bit floating point. */
  FLOAT(1),
  /** 64-bit whole numbers. */
  INT64(7);

  private final int number;

  ElementType(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
