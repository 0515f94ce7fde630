package dev.flamingo.model.checkpoint;

import java.util.Set;

/** Learnt values by name. */
public interface Weights {

  /** Returns whether there is a tensor of this name. */
  boolean contains(String name);

  /**
   * Returns a tensor.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  StoredTensor tensor(String name);

  /** Returns the names of all tensors. */
  Set<String> names();

  /** Returns the tensors whose names begin with the prefix, under the names without it. */
  default Weights scope(String prefix) {
    return new PrefixedWeights(this, prefix);
  }
}
