package dev.flamingo.training.metric;

/**
 * The score that a measure gives to all predictions.
 *
 * @param metric which measure
 * @param score the mean; of measures in percent rounded to two decimals, as papers report it
 * @param predictions how many lines there are; every one counts
 * @param repeatedIds how many of them have the id of an earlier one
 */
public record Score(String metric, double score, int predictions, int repeatedIds) {}
