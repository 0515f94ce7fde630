package dev.flamingo.model.serving;

import java.util.Arrays;

/**
 * What the gated layers look at in one window.
 *
 * @param parts for layer i the keys at 2 i and the values at 2 i + 1, each {@code [heads, latents,
 *     head width]}, not to be written to
 */
record KeysValues(float[][] parts) {

  long bytes() {
    return Arrays.stream(parts).mapToLong(part -> (long) part.length * Float.BYTES).sum();
  }
}
