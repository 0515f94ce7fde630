package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** A new block behind the language model; with a gate it starts as if it were not there. */
final class GraftedBlock {

  private final DecoderBlock block;
  private final @Nullable Tensor gate;

  GraftedBlock(DecoderConfig config, boolean gated, Parameters parameters) {
    block = new DecoderBlock(config, parameters.in("block"));
    gate = gated ? parameters.get("block_gate", Init.ZEROS, 1) : null;
  }

  DecoderBlock.Result apply(Tensor x, Rotary.Turn turn, Tensor mask, @Nullable Past past) {
    DecoderBlock.Result result = block.apply(x, turn, mask, past, attended -> attended);
    return gate == null
        ? result
        : new DecoderBlock.Result(x.add(result.x().sub(x).mul(gate.tanh())), result.keysValues());
  }
}
