package dev.flamingo.training.ablation;

import dev.flamingo.model.bundle.Bundle;

/**
 * What all rows have in common.
 *
 * @param bundle whose encoder and language model the rows begin with
 * @param seed decides all data and all other first weights
 * @param steps updates of every stage
 * @param latents visual tokens of each model: most of a step's time goes into them
 * @param examples in each corpus
 * @param asked how many frames and clips each model is asked about
 */
public record AblationPlan(
    Bundle bundle, long seed, int steps, int latents, int examples, int asked) {}
