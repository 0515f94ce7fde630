package dev.flamingo.training.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.flamingo.model.nn.Flamingo;

/** A part of the model. */
public enum Part {
  /** The vision encoder. */
  @JsonProperty("encoder")
  ENCODER(Flamingo.ENCODER),

  /** The resampler. */
  @JsonProperty("resampler")
  RESAMPLER(Flamingo.RESAMPLER),

  /** The gated layers. */
  @JsonProperty("cross-attention")
  CROSS_ATTENTION(Flamingo.CROSS_ATTENTION),

  /** The language model. */
  @JsonProperty("language")
  LANGUAGE(Flamingo.LANGUAGE);

  private final String scope;

  Part(String scope) {
    this.scope = scope;
  }

  /** Returns whether a parameter belongs to it. */
  public boolean holds(String parameter) {
    return parameter.startsWith(scope + ".");
  }
}
