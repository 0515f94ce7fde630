package dev.flamingo.job.model;

/**
 * An answered question to learn from in context.
 *
 * @param tokens visual tokens of what it is about, as {@link VideoModel#resample} made them
 * @param question what was asked
 * @param answer what is right
 */
public record ModelExample(byte[] tokens, String question, String answer) {}
