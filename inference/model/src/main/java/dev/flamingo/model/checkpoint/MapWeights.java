package dev.flamingo.model.checkpoint;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Weights in memory. */
public final class MapWeights implements Weights {

  private final Map<String, HostTensor> tensors;
  private final Map<String, String> metadata;

  /** Holds the tensors of a map as it is now. */
  public MapWeights(Map<String, HostTensor> tensors) {
    this(tensors, Map.of());
  }

  /**
   * Holds the tensors of a map as it is now.
   *
   * @param metadata free text by name
   */
  public MapWeights(Map<String, HostTensor> tensors, Map<String, String> metadata) {
    this.tensors = Collections.unmodifiableMap(new TreeMap<>(tensors));
    this.metadata = Map.copyOf(metadata);
  }

  /** Returns the free text that came with the tensors. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** Returns the tensors by name, in the order of the names. */
  public Map<String, HostTensor> tensors() {
    return tensors;
  }

  @Override
  public boolean contains(String name) {
    return tensors.containsKey(name);
  }

  @Override
  public HostTensor tensor(String name) {
    HostTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "there is no tensor %s among the %d weights".formatted(name, tensors.size()));
    }
    return tensor;
  }

  @Override
  public Set<String> names() {
    return tensors.keySet();
  }
}
