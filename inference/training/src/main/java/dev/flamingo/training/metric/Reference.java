package dev.flamingo.training.metric;

/**
 * The answer or caption of one person.
 *
 * @param text the answer or caption
 * @param person what else distinguishes this reference from others: VQA accuracy takes references
 *     that agree in both for one and the same, and leaves all of them out together
 */
public record Reference(String text, String person) {}
