package dev.flamingo.training.benchmark;

/**
 * What a model puts out for one item.
 *
 * @param value an answer, or a score for each candidate
 * @param shots how many of the examples it was shown; the others had no room or could not be read
 * @param <T> text or scores
 */
public record ModelOutput<T>(T value, int shots) {}
