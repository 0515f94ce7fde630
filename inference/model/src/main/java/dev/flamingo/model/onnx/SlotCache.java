package dev.flamingo.model.onnx;

import dev.flamingo.model.nn.KeysValues;
import dev.flamingo.model.nn.Past;

/**
 * Keys and values in a fixed number of slots: a token takes a free one of each row, and the shape
 * stays. TensorRT wants what a loop carries to be so.
 *
 * @param slots {@code [batch, heads, slots, head width]}
 * @param free true for the slot of the token that is being read {@code [batch, 1, slots, 1]}
 */
record SlotCache(KeysValues slots, OnnxTensor free) implements Past {

  @Override
  public KeysValues followedBy(KeysValues next) {
    return new KeysValues(
        free.choose((OnnxTensor) next.keys(), (OnnxTensor) slots.keys()),
        free.choose((OnnxTensor) next.values(), (OnnxTensor) slots.values()));
  }
}
