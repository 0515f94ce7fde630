package dev.flamingo.training.optimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.flamingo.model.checkpoint.HostTensor;

/** The way between arrays of the training engine and tensors on the heap. */
final class HostTensors {

  private HostTensors() {}

  static HostTensor of(NDArray array) {
    return new HostTensor(array.getShape().getShape(), array.toFloatArray());
  }

  static NDArray create(NDManager manager, HostTensor tensor) {
    return manager.create(tensor.values(), new Shape(tensor.shape()));
  }
}
