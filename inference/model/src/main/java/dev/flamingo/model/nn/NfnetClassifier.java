package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;

/** What public NFNet checkpoints put behind the final convolution: a classifier. */
public final class NfnetClassifier {

  private final Tensor weight;
  private final Tensor bias;

  /**
   * Builds the head.
   *
   * @param features channels of the final convolution
   * @param classes number of classes
   */
  public NfnetClassifier(int features, int classes, Parameters parameters) {
    weight = parameters.get("head.fc.weight", Init.linear(features), classes, features);
    bias = parameters.get("head.fc.bias", Init.ZEROS, classes);
  }

  /** Returns the classes' scores {@code [frames, classes]} for a final map. */
  public Tensor logits(Tensor features) {
    return features.averagePool().reshape(0, -1).linear(weight, bias);
  }
}
