package dev.flamingo.model.onnx;

import static dev.flamingo.model.nn.Near.assertNear;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.OrtException;
import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.TinyArchitectures;
import dev.flamingo.model.eager.EagerParameters;
import dev.flamingo.model.eager.EagerTensor;
import dev.flamingo.model.nn.CrossAttention;
import dev.flamingo.model.nn.Decoder;
import dev.flamingo.model.nn.Flamingo;
import dev.flamingo.model.nn.KeysValues;
import dev.flamingo.model.nn.MediaVisibility;
import dev.flamingo.model.nn.Resampler;
import dev.flamingo.model.nn.ResamplerConfig;
import dev.flamingo.model.nn.TextInput;
import dev.flamingo.model.nn.TimeEmbedding;
import dev.flamingo.model.nn.VisionEncoder;
import dev.flamingo.model.nn.VisualInput;
import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.ParameterSource;
import dev.flamingo.model.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BackendAgreementTest {

  private static final int BATCH = 2;
  private static final int LENGTH = 5;

  // Nothing may start at 0, or parts of the model would not be compared.
  private static final ParameterSource RANDOM =
      (name, init, shape) ->
          ParameterSource.random(11)
              .get(name, init.deviation() == 0 ? new Init(init.mean(), 0.3) : init, shape);

  private final NDManager manager = NDManager.newBaseManager(null, "PyTorch");

  static Stream<Arguments> encoders() {
    return named(TinyArchitectures.encoders());
  }

  static Stream<Arguments> resamplers() {
    return named(TinyArchitectures.resamplers());
  }

  static Stream<Arguments> languages() {
    return named(TinyArchitectures.languages());
  }

  private static Stream<Arguments> named(Map<String, FlamingoConfig> architectures) {
    Map<String, FlamingoConfig> all = new TreeMap<>(architectures);
    all.put("street", FlamingoConfig.street(TinyArchitectures.VOCABULARY));
    all.put("plain", TinyArchitectures.plain());
    return all.entrySet().stream()
        .map(entry -> Arguments.of(Named.of(entry.getKey(), entry.getValue())));
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private EagerParameters parameters(String scope) {
    return new EagerParameters(
        manager, (name, init, shape) -> RANDOM.get(scope + "." + name, init, shape));
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void frameEncoderAgrees(FlamingoConfig config) throws OrtException {
    NDArray pixels = manager.randomNormal(new Shape(3, 3, config.imageSize(), config.imageSize()));
    VisionEncoder encoder = VisionEncoder.of(config.vision(), parameters(Flamingo.ENCODER));
    Tensor eager = encoder.patches(new EagerTensor(pixels));
    assertThat(array(eager).getShape())
        .isEqualTo(new Shape(3, config.patches(), config.vision().width()));
    try (OnnxRun graph = new OnnxRun(new FlamingoGraphs(config, RANDOM).frameEncoder())) {
      assertNear("features", graph.run(Map.of("pixels", pixels)).get("features"), values(eager));
    }
  }

  @ParameterizedTest
  @MethodSource("resamplers")
  void resamplerAgreesForWindowsOfAnyLength(FlamingoConfig config) throws OrtException {
    ResamplerConfig shape = config.resampler();
    Resampler resampler = Resampler.of(shape, config.patches(), parameters(Flamingo.RESAMPLER));
    try (OnnxRun graph = new OnnxRun(new FlamingoGraphs(config, RANDOM).resampler())) {
      for (int frames : new int[] {1, 5, 30}) {
        NDArray features =
            manager.randomNormal(new Shape(2, frames, config.patches(), shape.input()));
        NDArray time =
            manager.create(
                TimeEmbedding.weights(frames, shape.frames()), new Shape(frames, shape.frames()));
        Tensor eager = resampler.apply(new EagerTensor(features), new EagerTensor(time));
        assertThat(array(eager).getShape()).isEqualTo(new Shape(2, shape.latents(), shape.width()));
        Map<String, float[]> outputs =
            graph.run(Map.of("features", features, "time_weights", time));
        assertNear("visual tokens", outputs.get("visual_tokens"), values(eager));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("languages")
  void decoderAgreesInOneStepAndWithACache(FlamingoConfig config) throws OrtException {
    int media = 2;
    int latents = config.resampler().latents();
    CrossAttention crossAttention =
        new CrossAttention(
            config.crossAttention(),
            config.language(),
            latents,
            parameters(Flamingo.CROSS_ATTENTION));
    Decoder decoder = new Decoder(config.language(), parameters(Flamingo.LANGUAGE), crossAttention);
    FlamingoGraphs graphs = new FlamingoGraphs(config, RANDOM);
    NDArray visual =
        manager.randomNormal(new Shape(BATCH, (long) media * latents, config.resampler().width()));
    List<KeysValues> keysValues = crossAttention.keysValues(new EagerTensor(visual));
    Map<String, float[]> visualOutputs;
    try (OnnxRun graph = new OnnxRun(graphs.visualKeysValues())) {
      visualOutputs = graph.run(Map.of("visual_tokens", visual));
    }
    for (int i = 0; i < keysValues.size(); i++) {
      assertNear("keys", visualOutputs.get("visual_key_" + i), values(keysValues.get(i).keys()));
      assertNear(
          "values", visualOutputs.get("visual_value_" + i), values(keysValues.get(i).values()));
    }

    NDArray tokens =
        manager.randomInteger(
            0,
            config.language().vocabulary(),
            new Shape(BATCH, LENGTH),
            ai.djl.ndarray.types.DataType.INT64);
    NDArray positions =
        manager
            .arange(LENGTH)
            .toType(ai.djl.ndarray.types.DataType.INT64, false)
            .reshape(1, LENGTH)
            .repeat(0, BATCH);
    NDArray mask = causal();
    NDArray visibility = manager.zeros(new Shape(BATCH, LENGTH, media));
    // The first medium again beside the second, where a model may see all.
    boolean all = config.crossAttention().sees() == MediaVisibility.ALL_PREVIOUS;
    visibility.set(new NDIndex(all ? ":, 1:, 0" : ":, 1:3, 0"), 1);
    visibility.set(new NDIndex(":, 3:, 1"), 1);
    Decoder.Output output =
        decoder.apply(
            new TextInput(
                new EagerTensor(tokens),
                new EagerTensor(positions),
                new EagerTensor(mask),
                List.of()),
            new VisualInput(keysValues, new EagerTensor(visibility)));
    NDArray logits = ((EagerTensor) decoder.logits(output.hidden())).array();

    try (OnnxRun graph = new OnnxRun(graphs.decoder())) {
      Map<String, NDArray> inputs = new LinkedHashMap<>();
      for (int i = 0; i < keysValues.size(); i++) {
        inputs.put("visual_key_" + i, array(keysValues.get(i).keys()));
        inputs.put("visual_value_" + i, array(keysValues.get(i).values()));
      }
      int prefix = LENGTH - 1;
      inputs.putAll(step(tokens, positions, mask, visibility, 0, prefix));
      Map<String, float[]> first = graph.run(with(config, inputs, null, 0));
      assertNear(
          "prefill",
          first.get("logits"),
          logits.get(new NDIndex(":, " + (prefix - 1))).toFloatArray());
      inputs.putAll(step(tokens, positions, mask, visibility, prefix, LENGTH));
      Map<String, float[]> second = graph.run(with(config, inputs, first, prefix));
      assertNear(
          "step", second.get("logits"), logits.get(new NDIndex(":, " + prefix)).toFloatArray());
      assertThat(output.keysValues()).hasSize(config.cachedBlocks());
      for (int i = 0; i < config.cachedBlocks(); i++) {
        assertNear(
            "cache", second.get("present_key_" + i), values(output.keysValues().get(i).keys()));
      }
    }
  }

  private Map<String, NDArray> step(
      NDArray tokens, NDArray positions, NDArray mask, NDArray visibility, int from, int to) {
    NDArray pick = manager.zeros(new Shape(BATCH, 1, to - from));
    pick.set(new NDIndex(":, 0, " + (to - from - 1)), 1);
    NDIndex span = new NDIndex(":, " + from + ":" + to);
    return Map.of(
        "tokens", tokens.get(span),
        "positions", positions.get(span),
        "mask", mask.get(new NDIndex(":, :, " + from + ":" + to + ", :" + to)),
        "visibility", visibility.get(span),
        "pick", pick);
  }

  private Map<String, NDArray> with(
      FlamingoConfig config,
      Map<String, NDArray> inputs,
      @Nullable Map<String, float[]> past,
      int length) {
    Map<String, NDArray> all = new LinkedHashMap<>(inputs);
    Shape shape =
        new Shape(BATCH, config.language().heads(), length, config.language().headWidth());
    for (int i = 0; i < config.cachedBlocks(); i++) {
      for (String part : List.of("_key_", "_value_")) {
        float[] values =
            past == null ? new float[0] : Objects.requireNonNull(past.get("present" + part + i));
        all.put("past" + part + i, manager.create(values, shape));
      }
    }
    return all;
  }

  private NDArray causal() {
    float[] mask = new float[BATCH * LENGTH * LENGTH];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i % LENGTH > i / LENGTH % LENGTH ? -1e9f : 0;
    }
    return manager.create(mask, new Shape(BATCH, 1, LENGTH, LENGTH));
  }

  private static NDArray array(Tensor tensor) {
    return ((EagerTensor) tensor).array();
  }

  private static float[] values(Tensor tensor) {
    return array(tensor).toFloatArray();
  }
}
