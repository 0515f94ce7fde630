package dev.flamingo.model.bundle;

import java.util.List;

/**
 * The tokens that are not text.
 *
 * @param padding fills a batch
 * @param beginning begins every sequence
 * @param end ends a sequence
 * @param endOfChunk ends what is said about one medium
 * @param image stands where a medium is
 * @param unknown stands for a word outside the vocabulary
 */
public record SpecialTokens(
    String padding, String beginning, String end, String endOfChunk, String image, String unknown) {

  /** The names that this project's own models use. */
  public static final SpecialTokens DEFAULT =
      new SpecialTokens("<PAD>", "<BOS>", "<EOS>", "<EOC>", "<image>", "<UNK>");

  /** Returns all of them, in the order of the components. */
  public List<String> all() {
    return List.of(padding, beginning, end, endOfChunk, image, unknown);
  }
}
