package dev.flamingo.model.serving;

import java.util.List;

/**
 * A prompt with the media that it names.
 *
 * @param prompt where the model goes on from
 * @param media the visual tokens of every medium that the prompt names, in its order
 */
public record MediaPrompt(Prompt prompt, List<VisualTokens> media) {

  /**
   * Checks that every medium is there.
   *
   * @throws IllegalArgumentException if there are more or fewer than the prompt names
   */
  public MediaPrompt {
    media = List.copyOf(media);
    if (media.size() != prompt.media()) {
      throw new IllegalArgumentException(
          "a prompt that names %d media came with %d".formatted(prompt.media(), media.size()));
    }
  }

  /** Returns all that stands before the last medium. */
  MediaPrompt beforeLastMedium() {
    Prompt before = prompt.first(prompt.lastMedium());
    return new MediaPrompt(before, media.subList(0, before.media()));
  }

  long bytes() {
    long tokens = (long) prompt.length() * (Long.BYTES + Integer.BYTES);
    return tokens + media.stream().mapToLong(VisualTokens::bytes).sum();
  }
}
