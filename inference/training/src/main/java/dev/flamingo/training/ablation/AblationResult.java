package dev.flamingo.training.ablation;

import dev.flamingo.training.street.AblationScores;

/**
 * What came of a row.
 *
 * @param id the row's name
 * @param parameters of the whole model
 * @param seconds the median time of a step of the last stage
 * @param scores what the model can do
 */
public record AblationResult(String id, long parameters, double seconds, AblationScores scores) {}
