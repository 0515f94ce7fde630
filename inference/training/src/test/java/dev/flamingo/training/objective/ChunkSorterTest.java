package dev.flamingo.training.objective;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import dev.flamingo.model.eager.EagerTensor;
import dev.flamingo.model.nn.Chunks;
import dev.flamingo.model.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ChunkSorterTest {

  @Test
  void everyTokenFindsItsPlaceAmongThoseOfItsMedium() {
    // The last token of a row predicts nothing and is left out.
    int[] medium = {-1, 0, 0, 1, 1, 1, 1, -1, 0, 0};
    TextBatch batch = new TextBatch(2, 5, new long[10], medium, new float[10]);
    try (NDManager manager = NDManager.newBaseManager(null, "PyTorch")) {
      Chunks chunks = new ChunkSorter(manager).sort(batch, 2);
      long[] gather = longs(chunks.gather());
      long[] scatter = longs(chunks.scatter());
      float[] sees = ((EagerTensor) chunks.sees()).array().toFloatArray();

      assertThat(sees).containsExactly(0, 1, 1, 1, 1, 1, 0, 1);
      for (int token = 0; token < scatter.length; token++) {
        if (sees[token] == 1) {
          int row = token / 4;
          long group = row * 2L + medium[row * 5 + token % 4];
          assertThat(gather[(int) scatter[token]]).isEqualTo(token);
          assertThat(scatter[token] / 2).isEqualTo(group);
        }
      }
    }
  }

  private static long[] longs(Tensor tensor) {
    return ((EagerTensor) tensor).array().toLongArray();
  }
}
