package dev.flamingo.model.familiarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FamiliarityTest {

  private static final int CHANNELS = 4;
  private static final List<String> NONE = List.of();

  private final Random random = new Random(3);
  private final QuestionStatistics questions =
      QuestionStatistics.of(List.of("what color is the bus?", "is there a dog?", "Is it raining?"));

  @Test
  void aQuestionOfTrainingIsFamiliarInAnyLettersAndMarks() {
    assertThat(questions.novelty("IS IT RAINING", NONE)).isZero();
    assertThat(questions.novelty("what color is the bus ?", NONE)).isZero();
    assertThat(questions.novelty("what color is the dog?", NONE)).isBetween(0.1, 3.0);
  }

  @Test
  void unknownWordsOrOrdersAreNotFamiliar() {
    assertThat(questions.novelty("is there a cat?", NONE)).isGreaterThan(1);
    assertThat(questions.unknownWords("is there a Cat on a dog?", NONE))
        .containsExactly("cat", "on");
    assertThat(questions.novelty("dog the is bus what raining", NONE)).isGreaterThan(1);
    assertThat(questions.novelty("¿?", NONE)).isGreaterThan(1);
    assertThat(questions.novelty("在下雨吗？", NONE)).isGreaterThan(1);
  }

  @Test
  void whatExamplesShowIsNeverUnfamiliar() {
    List<String> shown = List.of("is this a wug", "wug");
    assertThat(questions.novelty("wug is this?", shown)).isLessThanOrEqualTo(1);
    assertThat(questions.novelty("is this a blicket?", shown)).isGreaterThan(1);

    Familiarity familiarity = new Familiarity(pictures(), questions);
    assertThat(familiarity.score(5, null, List.of(), NONE).familiar()).isFalse();
    assertThat(familiarity.score(5, null, List.of(4.0), NONE).familiar()).isTrue();
    assertThat(familiarity.score(5, null, List.of(0.5), NONE).familiar()).isFalse();
  }

  @Test
  void theScoreIsOneHalfAtTheThreshold() {
    Familiarity familiarity = new Familiarity(pictures(), questions);
    assertThat(familiarity.score(0, "is it raining?", List.of(), NONE).score()).isEqualTo(1);
    Familiarity.Score edge = familiarity.score(1, null, List.of(), NONE);
    assertThat(edge.familiar()).isTrue();
    assertThat(edge.score()).isEqualTo(.5);
    assertThat(familiarity.score(0, "is there a cat?", List.of(), NONE).familiar()).isFalse();
  }

  @Test
  void whatWasTrainedOnIsNearAndOtherThingsAreFar() {
    PictureStatistics statistics = pictures();
    List<float[]> clip = List.of(frame(1), frame(1), frame(1));
    List<float[]> other = List.of(frame(-1), frame(-1), frame(-1));
    assertThat(statistics.novelty(clip)).isLessThan(1);
    assertThat(statistics.novelty(other)).isGreaterThan(2);
    assertThat(statistics.novelty(other.subList(0, 1))).isGreaterThan(1);
    // A single picture may also be like the pictures; a clip of them is nothing that was shown.
    List<float[]> picture = List.of(picture(), picture());
    assertThat(statistics.novelty(picture.subList(0, 1))).isLessThan(1);
    assertThat(statistics.novelty(picture)).isGreaterThan(1);
  }

  @Test
  void whatIsWrittenIsRead(@TempDir Path folder) throws IOException {
    Familiarity written = new Familiarity(pictures(), questions);
    Path file = folder.resolve("familiarity.safetensors");
    new FamiliarityFile().write(written, file);

    Familiarity read = new FamiliarityFile().read(file);

    List<float[]> clip = List.of(frame(1), frame(-1));
    assertThat(read.pictures().novelty(clip))
        .isCloseTo(written.pictures().novelty(clip), within(1e-6));
    assertThat(read.questions().pairs()).isEqualTo(questions.pairs());
    assertThat(read.questions().unknownWords("a blue bus", NONE)).containsExactly("blue");

    Files.writeString(file, "{}");
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> new FamiliarityFile().read(file));
  }

  @Test
  void thresholdsComeFromValidationClipsAlone() {
    PictureFit near = fit();
    PictureFit far = fit();
    List<float[]> clip = List.of(frame(1), frame(1));
    for (int i = 0; i < 100; i++) {
      near.addValidationClip(clip);
      far.addValidationClip(clip);
      near.addPicture(picture());
      far.addPicture(frame(-1));
    }
    PictureStatistics one = near.fit(1);
    PictureStatistics other = far.fit(1);
    assertThat(one.pictureThreshold()).isEqualTo(other.pictureThreshold());
    assertThat(one.clipThresholds()).isEqualTo(other.clipThresholds());
  }

  @Test
  void aDistanceCountsInTheSpreadOfItsMean() {
    List<float[]> samples = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      samples.add(new float[] {(float) random.nextGaussian() * .1f});
      samples.add(new float[] {30 + (float) random.nextGaussian() * 2});
    }
    Gaussians fitted = new GaussianFit(samples).fit(2, 5);
    assertThat(fitted.distance(new float[] {2})).isGreaterThan(20);
    assertThat(fitted.distance(new float[] {32})).isLessThan(2);
  }

  private PictureStatistics pictures() {
    PictureFit fit = fit();
    for (int i = 0; i < 300; i++) {
      fit.addPicture(picture());
      fit.addValidationClip(List.of(frame(1), frame(1)));
    }
    return fit.fit(1);
  }

  /** Knows the clips already. */
  private PictureFit fit() {
    PictureFit fit = new PictureFit(CHANNELS);
    Random clips = new Random(4);
    for (int i = 0; i < 300; i++) {
      fit.addClipFrame(frame(1, clips));
    }
    return fit;
  }

  /** Three patches whose first channels have this sign. */
  private float[] frame(int sign) {
    return frame(sign, random);
  }

  private static float[] frame(int sign, Random random) {
    float[] features = new float[3 * CHANNELS];
    for (int i = 0; i < features.length; i++) {
      features[i] = (i % CHANNELS < 2 ? sign : 1) + .1f * (float) random.nextGaussian();
    }
    return features;
  }

  private float[] picture() {
    float[] features = new float[3 * CHANNELS];
    for (int i = 0; i < features.length; i++) {
      features[i] = (i % CHANNELS == 3 ? 9 : 0) + .1f * (float) random.nextGaussian();
    }
    return features;
  }
}
