package dev.flamingo.training.benchmark;

/**
 * One of the answers to choose from.
 *
 * @param text its wording
 * @param truth how right it is: 0 or 1, VisDial's relevance, or RareAct's label 0 to 4
 */
public record Candidate(String text, double truth) {}
