package dev.flamingo.training.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.flamingo.model.eager.EagerParameters;
import dev.flamingo.model.nn.Decoder;
import dev.flamingo.model.nn.DecoderConfig;
import dev.flamingo.model.tensor.ParameterSource;
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
    TextBatch.Sequence learnt = new TextBatch.Sequence(new long[] {1, 4, 5, 6}, 3);
    TextBatch.Sequence longer = new TextBatch.Sequence(new long[] {1, 2, 3, 4, 5, 6, 7}, 7);

    assertThat(of(learnt, longer)).isCloseTo(of(learnt), within(1e-5f));
    assertThat(of(longer)).isZero();
  }

  @Test
  void aTokenIsPredictedFromThoseBeforeItAlone() {
    float before = of(new TextBatch.Sequence(new long[] {1, 4, 5}, 2));
    TextBatch after = TextBatch.of(List.of(new TextBatch.Sequence(new long[] {1, 4, 5, 9}, 2)), 0);
    float[] weights = after.weights().clone();
    weights[3] = 0;

    assertThat(loss.loss(new TextBatch(1, 4, after.tokens(), weights), null).getFloat())
        .isCloseTo(before, within(1e-5f));
    assertThat(of(new TextBatch.Sequence(new long[] {1, 7, 5}, 2))).isNotEqualTo(before);
  }

  private float of(TextBatch.Sequence... sequences) {
    return loss.loss(TextBatch.of(List.of(sequences), 0), null).getFloat();
  }
}
