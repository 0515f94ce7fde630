package dev.flamingo.training.optimize;

import java.util.function.Predicate;

/**
 * Parameters that are trained alike.
 *
 * @param members which names belong to it
 * @param rate the learning rate as a multiple of the schedule's
 * @param weightDecay how much of a weight decays per step and unit of learning rate
 */
public record ParameterGroup(Predicate<String> members, double rate, double weightDecay) {}
