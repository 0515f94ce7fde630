package dev.flamingo.training.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.flamingo.model.eager.EagerParameters;
import dev.flamingo.model.eager.EagerTensor;
import dev.flamingo.model.nn.Activation;
import dev.flamingo.model.nn.CrossAttention;
import dev.flamingo.model.nn.CrossAttentionConfig;
import dev.flamingo.model.nn.Decoder;
import dev.flamingo.model.nn.DecoderConfig;
import dev.flamingo.model.nn.MediaVisibility;
import dev.flamingo.model.tensor.ParameterSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NextTokenTest {

  private final NDManager manager = NDManager.newBaseManager(null, "PyTorch");
  private final NextToken loss =
      new NextToken(
          manager,
          new Decoder(
              new DecoderConfig(11, 16, 2, 2, 24, 16, true),
              new EagerParameters(manager, ParameterSource.random(3)),
              null));

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void whatIsGivenAndPaddingDoNotCount() {
    TextBatch.Sequence learnt = learnt(3, 1, 4, 5, 6);
    TextBatch.Sequence longer = learnt(7, 1, 2, 3, 4, 5, 6, 7);

    assertThat(of(learnt, longer)).isCloseTo(of(learnt), within(1e-5f));
    assertThat(of(longer)).isZero();
  }

  @Test
  void aTokenIsPredictedFromThoseBeforeItAlone() {
    float before = of(learnt(2, 1, 4, 5));
    TextBatch after = TextBatch.of(List.of(learnt(2, 1, 4, 5, 9)), 0);
    float[] weights = after.weights().clone();
    weights[3] = 0;

    assertThat(loss.loss(new TextBatch(1, 4, after.tokens(), after.medium(), weights)).getFloat())
        .isCloseTo(before, within(1e-5f));
    assertThat(of(learnt(2, 1, 7, 5))).isNotEqualTo(before);
  }

  private float of(TextBatch.Sequence... sequences) {
    return loss.loss(TextBatch.of(List.of(sequences), 0)).getFloat();
  }

  private static TextBatch.Sequence learnt(int from, long... tokens) {
    float[] weights = new float[tokens.length];
    Arrays.fill(weights, from, tokens.length, 1);
    return new TextBatch.Sequence(tokens, new int[tokens.length], weights);
  }

  @Test
  void aTokenSeesTheLastMediumOrAllBeforeItAsTheModelDoes() {
    NDArray first = manager.randomNormal(new Shape(1, 8, 16));
    NDArray other = manager.randomNormal(new Shape(1, 8, 16));
    NDArray last = manager.randomNormal(new Shape(1, 8, 16));

    assertThat(seeing(MediaVisibility.LAST, first, last))
        .isEqualTo(seeing(MediaVisibility.LAST, other, last))
        .isNotEqualTo(seeing(MediaVisibility.LAST, last, other));
    assertThat(seeing(MediaVisibility.ALL_PREVIOUS, first, last))
        .isNotEqualTo(seeing(MediaVisibility.ALL_PREVIOUS, other, last));
  }

  private float seeing(MediaVisibility sees, NDArray... media) {
    DecoderConfig text = new DecoderConfig(11, 16, 2, 2, 24, 16, true);
    EagerParameters parameters = new EagerParameters(manager, ParameterSource.random(3));
    CrossAttention layers =
        new CrossAttention(
            new CrossAttentionConfig(1, 16, 2, 8, Activation.GELU).gated(false),
            text,
            8,
            parameters.in("see"));
    TextBatch batch =
        TextBatch.of(
            List.of(
                new TextBatch.Sequence(
                    new long[] {1, 2, 3}, new int[] {-1, 1, 1}, new float[] {0, 0, 1})),
            0);
    return new NextToken(manager, new Decoder(text, parameters, layers), sees)
        .loss(
            batch,
            layers.keysValues(new EagerTensor(NDArrays.concat(new NDList(media), 0))),
            media.length)
        .getFloat();
  }
}
