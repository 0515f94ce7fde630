package dev.flamingo.training.metric;

/**
 * What one person said.
 *
 * @param text the answer or caption
 * @param person whatever else tells this reference from others: VQA accuracy takes references that
 *     agree in both for one and the same, and leaves all of them out together
 */
public record Reference(String text, String person) {}
