package dev.flamingo.training.objective;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.model.serving.Prompt;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextBatchTest {

  @Test
  void onlyTheLearntTokensCountAndPaddingNeverAndNothingIsSeenBeforeItsPlace() {
    TextBatch batch =
        TextBatch.of(
            List.of(
                TextBatch.Sequence.learnt(Prompt.of(new long[] {5, 6}, 6), new long[] {7, 8}),
                TextBatch.Sequence.learnt(Prompt.of(new long[] {5}, 6), new long[] {9})),
            3);

    assertThat(batch.rows()).isEqualTo(2);
    assertThat(batch.length()).isEqualTo(4);
    assertThat(batch.tokens()).containsExactly(5, 6, 7, 8, 5, 9, 3, 3);
    assertThat(batch.weights()).containsExactly(0, 0, 1, 1, 0, 1, 0, 0);
    assertThat(batch.medium()).containsExactly(-1, 0, 0, 0, -1, -1, -1, -1);
  }

  @Test
  void nothingPredictsTheFirstTokenOfAPlainText() {
    TextBatch batch = TextBatch.of(List.of(TextBatch.Sequence.plain(new long[] {5, 6})), 3);

    assertThat(batch.weights()).containsExactly(0, 1);
  }

  @Test
  void sequencesJoinWithoutTheSecondsBeginning() {
    TextBatch.Sequence first = TextBatch.Sequence.plain(new long[] {1, 7});
    TextBatch.Sequence second =
        new TextBatch.Sequence(new long[] {1, 8, 9}, new int[] {-1, 0, 0}, new float[] {0, 0, 1});

    TextBatch.Sequence both = first.followedBy(second.from(1));

    assertThat(both.tokens()).containsExactly(1, 7, 8, 9);
    assertThat(both.medium()).containsExactly(-1, -1, 0, 0);
    assertThat(both.weights()).containsExactly(1, 1, 0, 1);
    assertThat(both.counting(0.5f).weights()).containsExactly(1, 1, 0.5f, 1);
  }
}
