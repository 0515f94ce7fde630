package dev.flamingo.model.nn;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.flamingo.model.eager.EagerParameters;
import dev.flamingo.model.eager.EagerTensor;
import dev.flamingo.model.onnx.CountingParameters;
import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.ParameterSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResamplerTest {

  private static final int PATCHES = 4;
  private static final ResamplerConfig PERCEIVER =
      new ResamplerConfig(16, 16, 2, 2, 8, 3, 8, Activation.SQUARED_RELU);

  private final NDManager manager = NDManager.newBaseManager(null, "PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @EnumSource(ResamplerKind.class)
  void theOrderOfFramesCountsAndThatOfPatchesOnlyForTheMlp(ResamplerKind kind) {
    ResamplerConfig config = PERCEIVER.as(kind, 2);
    NDArray features = manager.randomNormal(new Shape(1, 5, PATCHES, 16));
    float[] tokens = tokens(config, features);
    assertThat(distance(tokens, tokens(config, reversed(features, 1)))).isGreaterThan(1e-3);
    // Attention has no position of a patch; the mix of an MLP has one.
    double moved = distance(tokens, tokens(config, reversed(features, 2)));
    if (kind == ResamplerKind.MLP) {
      assertThat(moved).isGreaterThan(1e-3);
    } else {
      assertThat(moved).isLessThan(1e-5);
    }
  }

  @Test
  void featuresChangeEachOtherInATransformerFromTheSecondLayerOn() {
    NDArray features = manager.randomNormal(new Shape(1, 5, PATCHES, 16));
    assertThat(differences(1, features)).isLessThan(1e-5);
    assertThat(differences(2, features)).isGreaterThan(1e-3);
  }

  /** Both have the same random weights by name. */
  private double differences(int layers, NDArray features) {
    return distance(
        tokens(PERCEIVER.as(ResamplerKind.PERCEIVER, layers), features),
        tokens(PERCEIVER.as(ResamplerKind.TRANSFORMER, layers), features));
  }

  @Test
  void aTransformerHasTheParametersOfAPerceiverButForOneNormALayer() {
    long perceiver = count(PERCEIVER);
    assertThat(count(PERCEIVER.as(ResamplerKind.TRANSFORMER, 2))).isEqualTo(perceiver - 2 * 2 * 16);
    // No latents and no attention, but a mix of 3 tokens from 4 patches at 8 times.
    assertThat(count(PERCEIVER.as(ResamplerKind.MLP, 2)))
        .isEqualTo(perceiver - 3 * 16 - 2 * (4 * 16 * 16 + 4 * 16) + 8 * 3 * PATCHES);
  }

  private static long count(ResamplerConfig config) {
    CountingParameters counted = new CountingParameters();
    Resampler.of(config, PATCHES, counted);
    return counted.total();
  }

  private float[] tokens(ResamplerConfig config, NDArray features) {
    int frames = (int) features.getShape().get(1);
    NDArray time = manager.create(config.timeWeights(frames), new Shape(frames, config.frames()));
    ParameterSource random =
        (name, init, shape) ->
            ParameterSource.random(3)
                .get(name, name.equals("frame_embs") ? Init.normal(1) : init, shape);
    Resampler resampler =
        Resampler.of(
            config, (int) features.getShape().get(2), new EagerParameters(manager, random));
    return Fixture.values(resampler.apply(new EagerTensor(features), new EagerTensor(time)));
  }

  private static NDArray reversed(NDArray features, int axis) {
    NDList parts = features.split(features.getShape().get(axis), axis);
    NDList reversed = new NDList();
    for (int i = parts.size() - 1; i >= 0; i--) {
      reversed.add(parts.get(i));
    }
    return NDArrays.concat(reversed, axis);
  }

  private static double distance(float[] a, float[] b) {
    double most = 0;
    for (int i = 0; i < a.length; i++) {
      most = Math.max(most, Math.abs(a[i] - b[i]));
    }
    return most;
  }
}
