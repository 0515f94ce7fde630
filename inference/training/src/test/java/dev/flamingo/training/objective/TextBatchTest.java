package dev.flamingo.training.objective;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextBatchTest {

  @Test
  void onlyTheLearntTokensCountAndPaddingNever() {
    TextBatch batch =
        TextBatch.of(
            List.of(
                new TextBatch.Sequence(new long[] {5, 6, 7, 8}, 2),
                new TextBatch.Sequence(new long[] {5, 9}, 1)),
            3);

    assertThat(batch.rows()).isEqualTo(2);
    assertThat(batch.length()).isEqualTo(4);
    assertThat(batch.tokens()).containsExactly(5, 6, 7, 8, 5, 9, 3, 3);
    assertThat(batch.weights()).containsExactly(0, 0, 1, 1, 0, 1, 0, 0);
  }

  @Test
  void nothingPredictsTheFirstTokenOfAPlainText() {
    TextBatch batch = TextBatch.of(List.of(new TextBatch.Sequence(new long[] {5, 6}, 0)), 3);

    assertThat(batch.weights()).containsExactly(0, 1);
  }
}
