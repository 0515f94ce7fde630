package dev.flamingo.model.serving;

/**
 * How long a prompt may be.
 *
 * @param context the longest sequence that the language model takes, in tokens
 */
record PromptLimits(int context) {

  /**
   * Checks that there is room for an answer of one token at least.
   *
   * @param length of the prompt in tokens
   * @throws IllegalArgumentException if there is none
   */
  void checkLength(int length) {
    if (length >= context) {
      throw new IllegalArgumentException(
          "a prompt of %d tokens leaves no room in the model's %d: ask in fewer words or show fewer"
                  .formatted(length, context)
              + " examples");
    }
  }
}
