package dev.flamingo.model.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;

/** Compares activations: equal within 1e-4, relative where they are large. */
public final class Near {

  private Near() {}

  /** Fails at the first value that is further away. */
  public static void assertNear(String what, float @Nullable [] actual, float[] expected) {
    assertThat(actual).as(what).isNotNull();
    assertThat(actual).as("%s: number of values", what).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      double error = Math.abs(actual[i] - expected[i]) / Math.max(1, Math.abs(expected[i]));
      assertThat(error).as("%s: error at %d", what, i).isLessThan(1e-4);
    }
  }
}
