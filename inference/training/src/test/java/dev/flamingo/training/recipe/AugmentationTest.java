package dev.flamingo.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.training.corpus.Example;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AugmentationTest {

  private static final CorpusRecipe CORPUS =
      new CorpusRecipe(
          CorpusRecipe.Kind.PAIRS,
          "pairs",
          1,
          1,
          64,
          5,
          0,
          0,
          true,
          true,
          true,
          List.of("left", "right"),
          List.of("red"));

  private final Augmentation augmentation = new Augmentation(CORPUS);

  @Test
  void whatSpeaksOfSidesKeepsThem() {
    assertThat(draws("a bus drives to the LEFT.")).noneMatch(Augmentation.Change::flip);
    assertThat(draws("a bus is leftover.")).anyMatch(Augmentation.Change::flip);
  }

  @Test
  void whatNamesColoursKeepsThem() {
    assertThat(draws("a red bus"))
        .allMatch(change -> change.brightness() == 0 && change.saturation() == 1);
    assertThat(draws("a bus")).anyMatch(change -> change.saturation() != 1);
  }

  @Test
  void aMirroredPictureIsMirroredInEveryRowOfEveryPlane() {
    float[] frame = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

    new Augmentation.Change(true, 0, 1, 1).apply(frame, 2);

    assertThat(frame).containsExactly(2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11);
  }

  @Test
  void withoutSaturationAPictureIsGrey() {
    float[] frame = {3, 6, 9};

    new Augmentation.Change(false, 1, 2, 0).apply(frame, 1);

    assertThat(frame).containsExactly(13, 13, 13);
  }

  private List<Augmentation.Change> draws(String said) {
    Example example =
        new Example(List.of(Example.Media.picture(new byte[0]), new Example.Text(said)));
    return IntStream.range(0, 40)
        .mapToObj(seed -> augmentation.draw(example, new SplittableRandom(seed)))
        .toList();
  }
}
