package dev.flamingo.training.benchmark;

/** A part of a benchmark. */
public enum Split {
  /** What is asked. */
  QUERY,
  /** What the examples in a prompt are drawn from: the training part. */
  SUPPORT
}
