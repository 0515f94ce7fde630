package dev.flamingo.training.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;

/**
 * A corpus of a stage.
 *
 * @param kind its form on disk
 * @param data its folder
 * @param batch examples in an update
 * @param weight the paper's lambda, its share of the loss
 * @param maxTokens the longest text: a window of so many tokens is cut from a longer one
 * @param maxMedia the most media of an example
 * @param nextMedium how often a page's text sees the medium behind it instead of the one before it
 *     (appendix A.3.2)
 * @param spaced how often a space is put before a text
 * @param beforeMedia whether text before the first medium counts; the paper does not say
 * @param flip whether pictures may be mirrored
 * @param colour whether pictures' colours may be changed
 * @param flipUnless words of an example that forbid mirroring
 * @param colourUnless words of an example that forbid changing colours
 */
public record CorpusRecipe(
    Kind kind,
    String data,
    int batch,
    double weight,
    int maxTokens,
    int maxMedia,
    double nextMedium,
    double spaced,
    boolean beforeMedia,
    boolean flip,
    boolean colour,
    List<String> flipUnless,
    List<String> colourUnless) {

  /** A form on disk. */
  public enum Kind {
    /** Text with pictures at places, as MMC4 has it: the paper's M3W. */
    @JsonProperty("pages")
    PAGES,

    /** Pictures with captions in tar shards, as WebDataset has them: the paper's ALIGN and LTIP. */
    @JsonProperty("pairs")
    PAIRS,

    /** Videos with captions beside: the paper's VTP. */
    @JsonProperty("videos")
    VIDEOS
  }

  /**
   * Checks ranges.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public CorpusRecipe {
    flipUnless = List.copyOf(flipUnless);
    colourUnless = List.copyOf(colourUnless);
    if (batch < 1 || weight <= 0 || maxTokens < 8 || maxMedia < 1) {
      throw new IllegalArgumentException(
          "corpus %s has batch %d, weight %s, maxTokens %d, maxMedia %d: give a batch, weight and maxMedia above 0 and maxTokens from 8"
              .formatted(data, batch, weight, maxTokens, maxMedia));
    }
    if (!(nextMedium >= 0 && nextMedium <= 1 && spaced >= 0 && spaced <= 1)) {
      throw new IllegalArgumentException(
          "corpus %s has nextMedium %s and spaced %s: give shares from 0 to 1"
              .formatted(data, nextMedium, spaced));
    }
  }

  /** Returns its name in the metrics: kind and folder. */
  String name() {
    return kind.name().toLowerCase(Locale.ROOT) + " " + data;
  }

  /** Returns this corpus with so many examples in an update. */
  public CorpusRecipe by(int examples) {
    return new CorpusRecipe(
        kind,
        data,
        examples,
        weight,
        maxTokens,
        maxMedia,
        nextMedium,
        spaced,
        beforeMedia,
        flip,
        colour,
        flipUnless,
        colourUnless);
  }

  /** Returns this corpus with so often the next medium seen. */
  public CorpusRecipe seeingNext(double share) {
    return new CorpusRecipe(
        kind,
        data,
        batch,
        weight,
        maxTokens,
        maxMedia,
        share,
        spaced,
        beforeMedia,
        flip,
        colour,
        flipUnless,
        colourUnless);
  }
}
