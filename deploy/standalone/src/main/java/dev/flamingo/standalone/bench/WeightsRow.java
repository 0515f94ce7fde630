package dev.flamingo.standalone.bench;

import org.jspecify.annotations.Nullable;

/**
 * A figure of how a large model's weights are derived and served.
 *
 * @param figure what it is
 * @param value what was measured
 * @param unit of value and target
 * @param target the most that it may be; absent where nothing is aimed at
 * @param met whether it is; absent without a target
 */
record WeightsRow(
    String figure, double value, String unit, @Nullable Double target, @Nullable Boolean met) {

  /** Returns a figure that may be so much at most. */
  static WeightsRow of(String figure, double value, String unit, double target) {
    return new WeightsRow(figure, value, unit, target, value <= target);
  }

  /** Returns a figure at which nothing is aimed. */
  static WeightsRow of(String figure, double value, String unit) {
    return new WeightsRow(figure, value, unit, null, null);
  }
}
