package dev.flamingo.job.model;

/**
 * How like a model's training picture and question are.
 *
 * @param familiar whether they are
 * @param score 0 to 1
 */
public record ModelFamiliarity(boolean familiar, double score) {}
