package dev.flamingo.model.nn;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.TinyArchitectures;
import dev.flamingo.model.eager.EagerParameters;
import dev.flamingo.model.eager.EagerTensor;
import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.ParameterSource;
import dev.flamingo.model.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainableTest {

  private static final int LENGTH = 3;
  private static final int FRAMES = 9;

  // Nothing may start at 0, or what is multiplied with it would learn nothing.
  private static final ParameterSource RANDOM =
      (name, init, shape) ->
          ParameterSource.random(13)
              .get(name, init.deviation() == 0 ? new Init(init.mean(), 0.3) : init, shape);

  private final NDManager manager = NDManager.newBaseManager(null, "PyTorch");

  static List<String> names() {
    Map<String, FlamingoConfig> all = new TreeMap<>(TinyArchitectures.all());
    all.remove("street");
    return List.copyOf(all.keySet());
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyParameterLearnsFromTheText(String name) {
    FlamingoConfig config = TinyArchitectures.all().getOrDefault(name, TinyArchitectures.plain());
    EagerParameters parameters = new EagerParameters(manager, RANDOM);
    Flamingo flamingo = Flamingo.of(config, parameters);
    parameters.arrays().values().forEach(array -> array.setRequiresGradient(true));
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray scores = ((EagerTensor) scores(config, flamingo)).array();
      NDArray wanted = manager.randomNormal(scores.getShape());
      collector.backward(scores.mul(wanted).sum());
    }
    parameters
        .arrays()
        .forEach(
            (parameter, array) -> {
              float[] gradient = array.getGradient().toFloatArray();
              double sum = 0;
              for (float value : gradient) {
                sum += Math.abs(value);
              }
              assertThat(sum).as(parameter).isFinite();
              // The same added to all keys leaves attention as it is.
              if (!parameter.endsWith("k_proj.bias")) {
                assertThat(sum).as(parameter).isPositive();
              }
            });
  }

  private Tensor scores(FlamingoConfig config, Flamingo flamingo) {
    int size = config.imageSize();
    Tensor pixels = new EagerTensor(manager.randomNormal(new Shape(FRAMES, 3, size, size)));
    ResamplerConfig resampler = config.resampler();
    Tensor features =
        flamingo.encoder().patches(pixels).reshape(1, FRAMES, config.patches(), resampler.input());
    NDArray time =
        manager.create(resampler.timeWeights(FRAMES), new Shape(FRAMES, resampler.frames()));
    Tensor visual = flamingo.resampler().apply(features, new EagerTensor(time));
    float[] mask = new float[LENGTH * LENGTH];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i % LENGTH > i / LENGTH ? -1e9f : 0;
    }
    TextInput text =
        new TextInput(
            new EagerTensor(manager.create(new long[] {3, 1, 4}, new Shape(1, LENGTH))),
            new EagerTensor(manager.create(new long[] {0, 1, 2}, new Shape(1, LENGTH))),
            new EagerTensor(manager.create(mask, new Shape(1, 1, LENGTH, LENGTH))),
            List.of());
    VisualInput seen =
        new VisualInput(
            flamingo.crossAttention().keysValues(visual),
            new EagerTensor(manager.ones(new Shape(1, LENGTH, 1))));
    Decoder decoder = flamingo.decoder();
    return decoder.logits(decoder.apply(text, seen).hidden());
  }
}
