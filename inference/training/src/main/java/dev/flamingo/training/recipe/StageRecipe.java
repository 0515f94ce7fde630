package dev.flamingo.training.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.flamingo.training.optimize.Mixture;
import dev.flamingo.training.run.Part;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One stage of a recipe.
 *
 * @param name for checkpoints and metrics
 * @param objective what is made small
 * @param trains the parts that change; all others are frozen
 * @param steps number of updates
 * @param rate the highest learning rate
 * @param warmUp steps until it is reached
 * @param lastRate the last step's rate as a share of the highest; 1 for a constant one
 * @param decay weight decay of matrices outside the resampler
 * @param gateRate the gates' rate as a multiple of the others'
 * @param clip bound of all gradients' norm
 * @param mixture how corpora share the updates
 * @param corpora what is learnt from
 */
public record StageRecipe(
    String name,
    Goal objective,
    Set<Part> trains,
    int steps,
    double rate,
    int warmUp,
    double lastRate,
    double decay,
    double gateRate,
    double clip,
    Mixture mixture,
    List<CorpusRecipe> corpora) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  /** What a stage makes small. */
  public enum Goal {
    /** The next token of text that sees its media (section 2.4). */
    @JsonProperty("text")
    TEXT,

    /** The next token of the corpora's text alone, for a language model from nothing. */
    @JsonProperty("blind-text")
    BLIND_TEXT,

    /** Two-way contrast of pictures and captions (appendix B.1.3). */
    @JsonProperty("contrastive")
    CONTRASTIVE
  }

  /**
   * Checks what belongs together.
   *
   * @throws IllegalArgumentException if it cannot be trained
   */
  public StageRecipe {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "stage name %s does not match %s".formatted(name, NAME.pattern()));
    }
    trains = Set.copyOf(trains);
    corpora = List.copyOf(corpora);
    if (steps < 1 || trains.isEmpty() || corpora.isEmpty()) {
      throw new IllegalArgumentException(
          "stage %s has %d steps, %d parts to train and %d corpora: give at least one of each"
              .formatted(name, steps, trains.size(), corpora.size()));
    }
    if (!reaches(objective).containsAll(trains)) {
      throw new IllegalArgumentException(
          "stage %s trains %s by %s, which reaches %s only"
              .formatted(name, trains, objective, reaches(objective)));
    }
    if (new HashSet<>(corpora.stream().map(CorpusRecipe::name).toList()).size() < corpora.size()) {
      throw new IllegalArgumentException(
          "two corpora of stage %s have one name: give each a name of its own".formatted(name));
    }
  }

  private static Set<Part> reaches(Goal objective) {
    return switch (objective) {
      case TEXT -> EnumSet.allOf(Part.class);
      case BLIND_TEXT -> EnumSet.of(Part.LANGUAGE);
      case CONTRASTIVE -> EnumSet.of(Part.ENCODER);
    };
  }

  boolean trains(String parameter) {
    return trains.stream().anyMatch(part -> part.holds(parameter));
  }

  /** Returns this stage under another name with another goal. */
  public StageRecipe as(String other, Goal goal) {
    return new StageRecipe(
        other, goal, trains, steps, rate, warmUp, lastRate, decay, gateRate, clip, mixture,
        corpora);
  }

  /** Returns this stage training other parts. */
  public StageRecipe training(Set<Part> parts) {
    return new StageRecipe(
        name, objective, parts, steps, rate, warmUp, lastRate, decay, gateRate, clip, mixture,
        corpora);
  }

  /** Returns this stage with its corpora sharing the updates in another way. */
  public StageRecipe mixedBy(Mixture other) {
    return new StageRecipe(
        name, objective, trains, steps, rate, warmUp, lastRate, decay, gateRate, clip, other,
        corpora);
  }

  /** Returns this stage with other corpora. */
  public StageRecipe learningFrom(List<CorpusRecipe> others) {
    return new StageRecipe(
        name, objective, trains, steps, rate, warmUp, lastRate, decay, gateRate, clip, mixture,
        others);
  }
}
