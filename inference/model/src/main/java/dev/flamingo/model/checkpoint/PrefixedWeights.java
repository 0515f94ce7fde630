package dev.flamingo.model.checkpoint;

import java.util.Set;
import java.util.TreeSet;

/** A part of other weights; a missing tensor is reported under its full name. */
final class PrefixedWeights implements Weights {

  private final Weights weights;
  private final String prefix;

  PrefixedWeights(Weights weights, String prefix) {
    this.weights = weights;
    this.prefix = prefix;
  }

  @Override
  public boolean contains(String name) {
    return weights.contains(prefix + name);
  }

  @Override
  public StoredTensor tensor(String name) {
    return weights.tensor(prefix + name);
  }

  @Override
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (String name : weights.names()) {
      if (name.startsWith(prefix)) {
        names.add(name.substring(prefix.length()));
      }
    }
    return names;
  }
}
