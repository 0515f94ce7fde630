package dev.flamingo.training.recipe;

import dev.flamingo.training.run.Part;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a model is trained. Paths are relative to the recipe's file; {@link RecipeReader} documents
 * what may be left out.
 *
 * @param name of the bundle
 * @param seed decides all data, and all first weights that do not come from a bundle
 * @param from a bundle to go on from: its architecture, tokenizer and weights; null for none
 * @param keeps the parts that are taken from that bundle, where they fit
 * @param preset the architecture of a model from nothing, such as {@code street}
 * @param tokenizer a {@code tokenizer.json} for a model from nothing; null to take the corpora's
 *     most frequent words
 * @param words how many words a vocabulary of the corpora has
 * @param stages what is trained, one after another
 */
public record Recipe(
    String name,
    long seed,
    @Nullable String from,
    Set<Part> keeps,
    @Nullable String preset,
    @Nullable String tokenizer,
    int words,
    List<StageRecipe> stages) {

  /**
   * Checks what belongs together.
   *
   * @throws IllegalArgumentException if it cannot be trained
   */
  public Recipe {
    if ((from == null) == (preset == null)) {
      throw new IllegalArgumentException(
          "give either from, a bundle to go on from, or preset, an architecture to begin with");
    }
    if (from != null && tokenizer != null) {
      throw new IllegalArgumentException(
          "a model that goes on from a bundle keeps its tokenizer: leave out tokenizer");
    }
    if (words < 1 || words > 100_000) {
      throw new IllegalArgumentException("words is %d: give 1 to 100000".formatted(words));
    }
    keeps = Set.copyOf(keeps);
    stages = List.copyOf(stages);
    Set<String> names = new HashSet<>();
    for (StageRecipe stage : stages) {
      if (!names.add(stage.name())) {
        throw new IllegalArgumentException(
            "two stages are called %s: give each a name of its own".formatted(stage.name()));
      }
    }
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("there is no stage: give at least one");
    }
  }

  /** Returns this recipe with other stages. */
  public Recipe in(List<StageRecipe> others) {
    return new Recipe(name, seed, from, keeps, preset, tokenizer, words, others);
  }

  /** Returns this recipe taking other parts from its bundle. */
  public Recipe keeping(Set<Part> parts) {
    return new Recipe(name, seed, from, parts, preset, tokenizer, words, stages);
  }
}
