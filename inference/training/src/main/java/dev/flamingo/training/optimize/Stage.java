package dev.flamingo.training.optimize;

import java.util.List;

/**
 * One stage of training. Every update takes one batch of every objective and adds up their weighted
 * gradients (section 2.4, appendix B.1.2).
 *
 * @param name for progress and checkpoints
 * @param objectives what is made small
 * @param schedule the learning rate, and the number of steps
 * @param groups what is trained; all other parameters stay frozen
 * @param clipping how gradients are bounded, applied in this order
 */
public record Stage(
    String name,
    List<Weighted> objectives,
    Schedule schedule,
    List<ParameterGroup> groups,
    List<Clipping> clipping) {

  /**
   * An objective and its share of the loss.
   *
   * @param weight the paper's lambda
   */
  public record Weighted(Objective objective, double weight) {}
}
