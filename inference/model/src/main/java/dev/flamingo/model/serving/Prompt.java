package dev.flamingo.model.serving;

import java.util.Arrays;

/**
 * Token ids and what each may look at.
 *
 * @param tokens the ids
 * @param medium for every token the number of the last medium at or before it, -1 before the first
 */
public record Prompt(long[] tokens, int[] medium) {

  /** Returns a prompt; a token sees the last medium at or before it and no other. */
  public static Prompt of(long[] tokens, long imageToken) {
    int[] medium = new int[tokens.length];
    int last = -1;
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i] == imageToken) {
        last++;
      }
      medium[i] = last;
    }
    return new Prompt(tokens, medium);
  }

  /** Returns the number of tokens. */
  public int length() {
    return tokens.length;
  }

  /** Returns the place of the last medium, 0 where there is none. */
  int lastMedium() {
    int at = tokens.length - 1;
    while (at > 0 && medium[at - 1] == medium[tokens.length - 1]) {
      at--;
    }
    return at;
  }

  /** Returns the first tokens. */
  Prompt first(int count) {
    return new Prompt(Arrays.copyOf(tokens, count), Arrays.copyOf(medium, count));
  }

  /** Returns the number of media that it names. */
  public int media() {
    return tokens.length == 0 ? 0 : medium[tokens.length - 1] + 1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Prompt prompt
        && Arrays.equals(tokens, prompt.tokens)
        && Arrays.equals(medium, prompt.medium);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(tokens);
  }

  @Override
  public String toString() {
    return "Prompt" + Arrays.toString(tokens);
  }
}
