package dev.flamingo.training.optimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import dev.flamingo.model.checkpoint.HostTensor;
import dev.flamingo.model.checkpoint.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** AdamW (arXiv 1711.05101) over named parameters, with moments that can be stored and restored. */
public final class AdamW {

  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.98f;
  private static final float EPSILON = 1e-8f;

  private final NDManager manager;
  private final List<ParameterGroup> groups;
  private final Map<String, Moments> moments = new LinkedHashMap<>();

  private record Moments(NDArray mean, NDArray variance) {}

  /**
   * Starts with empty moments.
   *
   * @param manager owns the moments
   * @param groups every trained parameter belongs to the first group that takes it; the others are
   *     left alone
   */
  public AdamW(NDManager manager, List<ParameterGroup> groups) {
    this.manager = manager;
    this.groups = List.copyOf(groups);
  }

  /** Returns whether a parameter is trained. */
  public boolean trains(String name) {
    return groups.stream().anyMatch(group -> group.members().test(name));
  }

  /**
   * Updates one parameter in place.
   *
   * @param step counted from 0
   * @param rate the schedule's learning rate
   * @param rescale a factor on the gradient, from clipping
   */
  public void update(
      String name, NDArray weight, NDArray gradient, int step, double rate, double rescale) {
    ParameterGroup group =
        groups.stream().filter(g -> g.members().test(name)).findFirst().orElseThrow();
    Moments moment = moments.computeIfAbsent(name, key -> zeros(weight));
    double groupRate = rate * group.rate();
    double correction = Math.sqrt(1 - Math.pow(BETA2, step + 1)) / (1 - Math.pow(BETA1, step + 1));
    weight
        .getNDArrayInternal()
        .adamUpdate(
            new NDList(weight, gradient, moment.mean(), moment.variance()),
            new NDList(weight),
            (float) groupRate,
            (float) (groupRate * correction),
            (float) group.weightDecay(),
            (float) rescale,
            /* clipGrad= */ -1,
            BETA1,
            BETA2,
            EPSILON,
            /* lazyUpdate= */ false,
            /* adamw= */ true);
  }

  private Moments zeros(NDArray weight) {
    NDArray mean = manager.zeros(weight.getShape());
    NDArray variance = manager.zeros(weight.getShape());
    // They outlive the step in whose scope they were made.
    NDScope.unregister(mean, variance);
    return new Moments(mean, variance);
  }

  /** Adds the moments to what a checkpoint stores. */
  public void store(Map<String, HostTensor> tensors) {
    moments.forEach(
        (name, moment) -> {
          tensors.put("mean." + name, HostTensors.of(moment.mean()));
          tensors.put("variance." + name, HostTensors.of(moment.variance()));
        });
  }

  /** Takes the moments of a checkpoint. */
  public void restore(Weights weights) {
    for (String name : weights.names()) {
      if (name.startsWith("mean.")) {
        String parameter = name.substring("mean.".length());
        moments.put(
            parameter,
            new Moments(
                HostTensors.create(manager, weights.tensor(name).floats()),
                HostTensors.create(manager, weights.tensor("variance." + parameter).floats())));
      }
    }
  }
}
