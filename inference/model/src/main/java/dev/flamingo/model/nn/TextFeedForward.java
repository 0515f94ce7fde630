package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The feed-forward layer of a block of the language model, with or without a gate. */
final class TextFeedForward {

  private final Activation activation;
  private final @Nullable Linear gate;
  private final Linear up;
  private final Linear down;

  TextFeedForward(DecoderConfig config, Parameters parameters) {
    int width = config.width();
    activation = config.activation();
    gate =
        config.gatedFeedForward()
            ? new Linear(parameters.in("gate_proj"), width, config.inner())
            : null;
    up = new Linear(parameters.in("up_proj"), width, config.inner());
    down = new Linear(parameters.in("down_proj"), config.inner(), width);
  }

  Tensor apply(Tensor x) {
    Tensor inner =
        gate == null
            ? activation.apply(up.apply(x))
            : activation.apply(gate.apply(x)).mul(up.apply(x));
    return down.apply(inner);
  }
}
