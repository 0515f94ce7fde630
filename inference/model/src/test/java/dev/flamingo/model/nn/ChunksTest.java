package dev.flamingo.model.nn;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.flamingo.model.eager.EagerParameters;
import dev.flamingo.model.eager.EagerTensor;
import dev.flamingo.model.tensor.ParameterSource;
import dev.flamingo.model.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ChunksTest {

  private static final int LATENTS = 3;
  private static final int WIDTH = 8;

  /** Two rows of five tokens with two media each; the medium that each token sees. */
  private static final int[][] SEEN = {{-1, 0, 0, 1, 1}, {0, 1, 1, 1, -1}};

  @Test
  void sortedByMediaTextSeesWhatItSeesByVisibility() {
    try (NDManager manager = NDManager.newBaseManager(null, "PyTorch")) {
      GatedCrossAttention layer =
          new GatedCrossAttention(
              new CrossAttentionConfig(1, WIDTH, 2, 4, Activation.GELU).gated(false),
              WIDTH,
              new EagerParameters(manager, ParameterSource.random(5)));
      Tensor x = new EagerTensor(manager.randomNormal(new Shape(2, 5, WIDTH)));
      NDArray media = manager.randomNormal(new Shape(4, LATENTS, WIDTH));

      Tensor byVisibility =
          layer.apply(
              x,
              layer.keysValues(new EagerTensor(media.reshape(2, 2L * LATENTS, WIDTH))),
              visibility(manager),
              LATENTS);
      Tensor byChunks = layer.apply(x, layer.keysValues(new EagerTensor(media)), chunks(manager));

      NDArray difference = array(byVisibility).sub(array(byChunks)).abs();
      assertThat(difference.max().getFloat()).isLessThan(1e-5f);
    }
  }

  private static Tensor visibility(NDManager manager) {
    float[] visibility = new float[2 * 5 * 2];
    for (int row = 0; row < 2; row++) {
      for (int token = 0; token < 5; token++) {
        if (SEEN[row][token] >= 0) {
          visibility[(row * 5 + token) * 2 + SEEN[row][token]] = 1;
        }
      }
    }
    return new EagerTensor(manager.create(visibility, new Shape(2, 5, 2)));
  }

  private static Chunks chunks(NDManager manager) {
    long[] gather = {1, 2, 0, 3, 4, 0, 5, 0, 0, 6, 7, 8};
    long[] scatter = {0, 0, 1, 3, 4, 6, 9, 10, 11, 0};
    float[] sees = {0, 1, 1, 1, 1, 1, 1, 1, 1, 0};
    return new Chunks(
        new EagerTensor(manager.create(gather, new Shape(4, 3))),
        new EagerTensor(manager.create(scatter, new Shape(2, 5))),
        new EagerTensor(manager.create(sees, new Shape(2, 5, 1))));
  }

  private static NDArray array(Tensor tensor) {
    return ((EagerTensor) tensor).array();
  }
}
