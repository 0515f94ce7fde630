package dev.flamingo.training.benchmark;

import org.jspecify.annotations.Nullable;

/**
 * What a model reached.
 *
 * @param benchmark its name
 * @param metric its measure
 * @param score as papers report it: in percent, CIDEr-D times 100
 * @param shots examples before each item
 * @param similar whether they were chosen by likeness
 * @param orders in how many orders they stood before candidates
 * @param seed which examples and orders
 * @param items how many were asked
 * @param unasked how many could not be asked and do not count
 * @param why why the first of these could not be asked
 * @param shown how many examples a model was shown on average; without shots, as text alone
 */
public record BenchmarkResult(
    String benchmark,
    String metric,
    double score,
    int shots,
    boolean similar,
    int orders,
    long seed,
    int items,
    int unasked,
    @Nullable String why,
    double shown) {}
