package dev.flamingo.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.flamingo.model.serving.SimilarExamples.Candidate;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimilarExamplesTest {

  private final SimilarExamples<String> support =
      new SimilarExamples<>(
          List.of(
              new Candidate<>(direction(0, 5), "up"),
              new Candidate<>(direction(1, 1), "between"),
              new Candidate<>(direction(2, 2), "between, too"),
              new Candidate<>(direction(-1, 0), "away"),
              new Candidate<>(direction(9, 0), "along")));

  @Test
  void theMostSimilarComesLastAndTheEarlierOfEquals() {
    assertThat(support.nearest(direction(1, 0), 3))
        .containsExactly("between, too", "between", "along");
    assertThat(support.nearest(direction(1, 0), 2)).containsExactly("between", "along");
  }

  @Test
  void noMoreComeThanThereAre() {
    assertThat(support.nearest(direction(0, 1), 9))
        .containsExactly("along", "away", "between, too", "between", "up");
    assertThat(support.nearest(direction(0, 1), 0)).isEmpty();
  }

  @Test
  void patchesOfAllFramesArePooled() {
    PooledFeatures pooled =
        PooledFeatures.of(
            List.of(
                new FrameFeatures(new float[] {1, 0, 3, 0}),
                new FrameFeatures(new float[] {1, 2, 1, 6})),
            2);
    assertThat(pooled.values()).containsExactly(new float[] {0.6f, 0.8f}, within(1e-6f));
    assertThat(pooled.similarity(pooled)).isEqualTo(1, within(1e-6));
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> PooledFeatures.of(List.of(), 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PooledFeatures.of(List.of(new FrameFeatures(new float[3])), 2));
    PooledFeatures other = PooledFeatures.of(List.of(new FrameFeatures(new float[3])), 3);
    assertThatIllegalArgumentException().isThrownBy(() -> support.nearest(other, 1));
    assertThat(other.similarity(other)).isZero();
  }

  private static PooledFeatures direction(float x, float y) {
    return PooledFeatures.of(List.of(new FrameFeatures(new float[] {x, y})), 2);
  }
}
