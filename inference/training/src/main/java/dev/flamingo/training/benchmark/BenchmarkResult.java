package dev.flamingo.training.benchmark;

/**
 * What a model reached.
 *
 * @param benchmark its name
 * @param metric its measure
 * @param score as papers report it: in percent, CIDEr-D times 100
 * @param shots examples before each item
 * @param items how many were asked
 * @param unasked how many could not be asked and do not count
 * @param seed which examples
 */
public record BenchmarkResult(
    String benchmark, String metric, double score, int shots, int items, int unasked, long seed) {}
