package dev.flamingo.training.optimize;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import dev.flamingo.model.eager.EagerParameters;
import dev.flamingo.model.eager.Scalar;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Runs stages one after another, going on where a checkpoint stopped. */
public final class StageRunner {

  private static final String GATE = "_gate";

  private final NDManager manager;
  private final EagerParameters parameters;
  private final TrainingCheckpoint checkpoint;
  private final Progress progress;

  /**
   * Prepares to train.
   *
   * @param manager owns parameters and moments
   * @param parameters every parameter of the model and of the objectives' own heads
   */
  public StageRunner(
      NDManager manager,
      EagerParameters parameters,
      TrainingCheckpoint checkpoint,
      Progress progress) {
    this.manager = manager;
    this.parameters = parameters;
    this.checkpoint = checkpoint;
    this.progress = progress;
  }

  /**
   * Runs a stage, unless it is complete in the checkpoint.
   *
   * @throws IOException if a checkpoint cannot be written
   */
  public void run(Stage stage) throws IOException {
    if (checkpoint.finished(stage.name())) {
      return;
    }
    AdamW optimizer = new AdamW(manager, stage.groups());
    int first = checkpoint.resume(stage.name(), optimizer);
    Map<String, NDArray> trained = trained(optimizer);
    int steps = stage.schedule().steps();
    try (Progress.Bar bar = progress.start(stage.name(), first, steps)) {
      for (int step = first; step < steps; step++) {
        Map<String, Double> losses = update(stage, step, optimizer, trained);
        double loss = losses.values().stream().mapToDouble(Double::doubleValue).sum();
        if (!Double.isFinite(loss)) {
          throw new IllegalStateException(
              "the loss of stage %s is %s at step %d: lower its learning rate"
                  .formatted(stage.name(), loss, step));
        }
        bar.step(step, losses, () -> gates(trained));
        checkpoint.storeIfDue(stage.name(), step + 1, trained, optimizer);
      }
    }
    checkpoint.finish(stage.name(), trained);
    trained.values().forEach(weight -> weight.setRequiresGradient(false));
  }

  private Map<String, NDArray> trained(AdamW optimizer) {
    Map<String, NDArray> trained = new LinkedHashMap<>();
    parameters
        .arrays()
        .forEach(
            (name, weight) -> {
              if (optimizer.trains(name)) {
                weight.setRequiresGradient(true);
                trained.put(name, weight);
              }
            });
    return trained;
  }

  // How far a gate is open shows whether its layer is used (figure 6).
  private static Map<String, Double> gates(Map<String, NDArray> trained) {
    Map<String, Double> open = new LinkedHashMap<>();
    trained.forEach(
        (name, weight) -> {
          if (name.endsWith(GATE)) {
            open.put(name, Math.tanh(weight.toFloatArray()[0]));
          }
        });
    return open;
  }

  private Map<String, Double> update(
      Stage stage, int step, AdamW optimizer, Map<String, NDArray> trained) {
    Map<String, Double> losses = new LinkedHashMap<>();
    // A new collector zeroes all gradients, so the objectives of one update share one.
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      for (Stage.Weighted weighted : stage.at(step)) {
        losses.put(weighted.name(), accumulate(collector, weighted, step));
      }
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Map<String, NDArray> gradients = new LinkedHashMap<>();
      trained.forEach((name, weight) -> gradients.put(name, weight.getGradient()));
      double rescale = 1;
      for (Clipping clipping : stage.clipping()) {
        rescale *= clipping.clip(trained, gradients);
      }
      double rate = stage.schedule().at(step);
      double factor = rescale;
      trained.forEach(
          (name, weight) ->
              optimizer.update(
                  name, weight, Objects.requireNonNull(gradients.get(name)), step, rate, factor));
    }
    return losses;
  }

  // Each objective has a scope of its own, so that the memory of one is free before the next
  // begins.
  private static double accumulate(GradientCollector collector, Stage.Weighted weighted, int step) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray own = weighted.objective().loss(step);
      NDArray loss = own.mul(Scalar.of(own, weighted.weight()));
      collector.backward(loss);
      return loss.getFloat();
    }
  }
}
