package dev.flamingo.model.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TimeEmbeddingTest {

  private static final int LEARNT = 8;

  @Test
  void anImageTakesTheFirstEmbedding() {
    assertThat(places(1, TimeInterpolation.ENDS)).containsExactly(0);
    assertThat(places(1, TimeInterpolation.CENTRES)).containsExactly(0);
  }

  @Test
  void aShortVideoTakesOneEmbeddingAFrame() {
    assertThat(places(5, TimeInterpolation.ENDS)).containsExactly(0, 1, 2, 3, 4);
    assertThat(places(5, TimeInterpolation.CENTRES)).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void aLongVideoSpreadsThemEvenly() {
    double[] ends = places(30, TimeInterpolation.ENDS);
    double[] centres = places(30, TimeInterpolation.CENTRES);
    for (int i = 0; i < 30; i++) {
      assertThat(ends[i]).isCloseTo(i * 7 / 29.0, within(1e-5));
      double middle = (i + 0.5) * 8 / 30 - 0.5;
      assertThat(centres[i]).isCloseTo(Math.min(7, Math.max(0, middle)), within(1e-5));
    }
    assertThat(ends[0]).isEqualTo(0);
    assertThat(ends[29]).isEqualTo(7);
    assertThat(centres[1]).isEqualTo(0);
  }

  @Test
  void weightsOfAFrameAddUpToOne() {
    for (TimeInterpolation interpolation : TimeInterpolation.values()) {
      float[] weights = TimeEmbedding.weights(30, LEARNT, interpolation);
      for (int i = 0; i < 30; i++) {
        double sum = 0;
        for (int k = 0; k < LEARNT; k++) {
          sum += weights[i * LEARNT + k];
        }
        assertThat(sum).isCloseTo(1, within(1e-6));
      }
    }
  }

  @Test
  void aModelWithoutTimeEmbeddingsHasNoWeights() {
    assertThat(TimeEmbedding.weights(3, 0, TimeInterpolation.ENDS)).isEmpty();
  }

  /** Returns where between the embeddings every frame lies. */
  private static double[] places(int frames, TimeInterpolation interpolation) {
    float[] weights = TimeEmbedding.weights(frames, LEARNT, interpolation);
    double[] places = new double[frames];
    for (int i = 0; i < weights.length; i++) {
      places[i / LEARNT] += weights[i] * (i % LEARNT);
    }
    return places;
  }
}
