package dev.flamingo.training.ablation;

import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.training.recipe.Recipe;
import java.util.function.UnaryOperator;

/**
 * One row of the paper's tables: what is changed, and what the paper found.
 *
 * @param id its name on the command line
 * @param table where it stands in the paper, such as {@code 3 iv}
 * @param change in words
 * @param parameters the paper's parameters in billions
 * @param step the paper's time of a step in seconds
 * @param overall the paper's overall score
 * @param architecture from the baseline's architecture to the row's
 * @param recipe from the baseline's recipe to the row's
 */
public record AblationRow(
    String id,
    String table,
    String change,
    double parameters,
    double step,
    double overall,
    UnaryOperator<FlamingoConfig> architecture,
    UnaryOperator<Recipe> recipe) {

  /** The name of the row that all others are compared with. */
  public static final String BASELINE = "baseline";

  static AblationRow of(
      String id,
      String table,
      String change,
      double parameters,
      double step,
      double overall,
      UnaryOperator<FlamingoConfig> architecture) {
    return new AblationRow(
        id, table, change, parameters, step, overall, architecture, UnaryOperator.identity());
  }

  static AblationRow trained(
      String id,
      String table,
      String change,
      double parameters,
      double step,
      double overall,
      UnaryOperator<Recipe> recipe) {
    return new AblationRow(
        id, table, change, parameters, step, overall, UnaryOperator.identity(), recipe);
  }
}
