package dev.flamingo.model.nn;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.eager.EagerParameters;
import dev.flamingo.model.eager.EagerTensor;
import dev.flamingo.model.tensor.ParameterSource;
import dev.flamingo.model.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosedGatesTest {

  @Test
  void logitsAreExactlyThoseOfTheLanguageModel() {
    FlamingoConfig config = FlamingoConfig.street(50);
    try (NDManager manager = NDManager.newBaseManager(null, "PyTorch")) {
      // The gates start closed: random weights leave them at 0.
      Flamingo flamingo =
          Flamingo.of(config, new EagerParameters(manager, ParameterSource.random(7)));
      int latents = config.resampler().latents();
      Tensor visual =
          new EagerTensor(manager.randomNormal(new Shape(1, latents, config.resampler().width())));
      VisualInput seen =
          new VisualInput(
              flamingo.crossAttention().keysValues(visual),
              new EagerTensor(manager.ones(new Shape(1, 4, 1))));
      TextInput text =
          new TextInput(
              new EagerTensor(manager.create(new long[] {3, 1, 4, 1}, new Shape(1, 4))),
              new EagerTensor(manager.create(new long[] {0, 1, 2, 3}, new Shape(1, 4))),
              new EagerTensor(manager.zeros(new Shape(1, 1, 4, 4))),
              List.of());
      Decoder decoder = flamingo.decoder();
      float[] with = Fixture.values(decoder.logits(decoder.apply(text, seen).hidden()));
      float[] without = Fixture.values(decoder.logits(decoder.apply(text, null).hidden()));
      assertThat(with).containsExactly(without);
    }
  }
}
