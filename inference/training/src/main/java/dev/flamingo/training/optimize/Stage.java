package dev.flamingo.training.optimize;

import java.util.List;

/**
 * One stage of training (section 2.4, appendix B.1.2).
 *
 * @param name for progress and checkpoints
 * @param objectives what is made small
 * @param mixture how they share the updates
 * @param schedule the learning rate, and the number of steps
 * @param groups what is trained; all other parameters stay frozen
 * @param clipping how gradients are bounded, applied in this order
 */
public record Stage(
    String name,
    List<Weighted> objectives,
    Mixture mixture,
    Schedule schedule,
    List<ParameterGroup> groups,
    List<Clipping> clipping) {

  /** Makes a stage whose objectives' gradients are added up. */
  public Stage(
      String name,
      List<Weighted> objectives,
      Schedule schedule,
      List<ParameterGroup> groups,
      List<Clipping> clipping) {
    this(name, objectives, Mixture.ACCUMULATE, schedule, groups, clipping);
  }

  /** Returns the objectives of a step's update. */
  List<Weighted> at(int step) {
    return mixture == Mixture.ACCUMULATE
        ? objectives
        : List.of(objectives.get(step % objectives.size()));
  }

  /**
   * An objective and its share of the loss.
   *
   * @param name for the metrics
   * @param weight the paper's lambda
   */
  public record Weighted(String name, Objective objective, double weight) {}
}
