package dev.flamingo.training.street;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.ingest.street.ActorKind;
import dev.flamingo.ingest.street.Colour;
import dev.flamingo.ingest.street.StreetClip;
import dev.flamingo.ingest.street.StreetClipSampler;
import dev.flamingo.model.bundle.FramePreprocessor;
import dev.flamingo.model.bundle.Preprocessing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreetSplitTest {

  private static final int CLIPS = 500;

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, -1, 4_000_000_000L})
  void trainingAndTestNeverShareAClipOfTheSameSeed(long seed) {
    Set<StreetClip> training = new HashSet<>();
    StreetClipSampler trained = StreetSplit.training(seed, 0.3);
    StreetClipSampler tested = StreetSplit.test(seed);
    IntStream.range(0, CLIPS).forEach(i -> training.add(trained.sample(i)));

    assertThat(training).hasSize(CLIPS);
    assertThat(IntStream.range(0, CLIPS).mapToObj(tested::sample))
        .doesNotContainAnyElementsOf(training);
  }

  @Test
  void aSeedReproducesItsClipsAndAnotherGivesOthers() {
    for (int i = 0; i < 100; i++) {
      StreetClip clip = StreetSplit.training(3, 0.3).sample(i);
      assertThat(StreetSplit.training(3, 0.3).sample(i)).isEqualTo(clip);
      assertThat(StreetSplit.training(4, 0.3).sample(i)).isNotEqualTo(clip);
      assertThat(StreetSplit.training(3, 0.3).sample(i + 1)).isNotEqualTo(clip);
    }
  }

  @Test
  void aSeedReproducesItsPixelsThroughTheJpegInAnyOrder() {
    StreetClipSampler sampler = StreetSplit.training(3, 0.3);
    FramePreprocessor preprocessor = new FramePreprocessor(96, Preprocessing.IMAGENET);
    try (StreetFrames first = new StreetFrames(preprocessor);
        StreetFrames second = new StreetFrames(preprocessor);
        StreetFrames third = new StreetFrames(preprocessor)) {
      List<float[]> pixels = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        pixels.add(first.pixels(sampler.sample(i), i));
        assertThat(pixels.get(i)).hasSize(3 * 96 * 96);
      }
      for (int i = 5; i >= 0; i--) {
        assertThat(second.pixels(sampler.sample(i), i)).isEqualTo(pixels.get(i));
        assertThat(third.pixels(sampler.sample(i), i + 1)).isNotEqualTo(pixels.get(i));
      }
    }
  }

  @Test
  void heldOutPairsAreOneColourOfFourKinds() {
    int pairs = 0;
    for (ActorKind kind : ActorKind.values()) {
      for (Colour colour : Colour.NAMED) {
        pairs += StreetSplit.heldOut(colour, kind) ? 1 : 0;
      }
    }
    assertThat(pairs).isEqualTo(4);
    assertThat(StreetSplit.heldOut(Colour.GREEN, ActorKind.CAR)).isTrue();
    assertThat(StreetSplit.heldOut(Colour.RED, ActorKind.CAR)).isFalse();
  }

  @Test
  void aWithholdingRunSeesNoHeldOutPair() {
    TrainingClips all = new TrainingClips(3);
    TrainingClips withheld = new TrainingClips(3, true);

    assertThat(IntStream.range(0, 400).mapToObj(all::clip)).anyMatch(StreetSplitTest::showsHeldOut);
    assertThat(IntStream.range(0, 400).mapToObj(withheld::clip))
        .noneMatch(StreetSplitTest::showsHeldOut);
  }

  @Test
  void aWithholdingRunLearnsShapesFromColoursWithoutAName() {
    assertThat(new TrainingClips(3, true).some("frames", 1, 50))
        .noneMatch(StreetSplitTest::showsHeldOut)
        .anyMatch(StreetSplitTest::showsUnnamed);
    assertThat(new TrainingClips(3).some("frames", 1, 50)).noneMatch(StreetSplitTest::showsUnnamed);
    TrainingClips withheld = new TrainingClips(3, true);
    assertThat(IntStream.range(0, 50).mapToObj(withheld::clip).toList())
        .anyMatch(StreetSplitTest::showsUnnamed)
        .isEqualTo(IntStream.range(0, 50).mapToObj(withheld::clip).toList());
  }

  private static boolean showsUnnamed(StreetClip clip) {
    return clip.actors().stream().anyMatch(actor -> actor.colour() == Colour.UNNAMED);
  }

  private static boolean showsHeldOut(StreetClip clip) {
    return clip.actors().stream()
        .anyMatch(actor -> StreetSplit.heldOut(actor.colour(), actor.kind()));
  }
}
