package dev.flamingo.training.optimize;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How several objectives share the updates of a stage (section 2.4, table 3 row ii). */
public enum Mixture {
  /** Every update adds up the gradients of one batch of each, as in the paper. */
  @JsonProperty("accumulate")
  ACCUMULATE,

  /** Every update takes the next one alone. */
  @JsonProperty("round-robin")
  ROUND_ROBIN
}
