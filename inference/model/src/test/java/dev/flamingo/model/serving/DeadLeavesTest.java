package dev.flamingo.model.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DeadLeavesTest {

  private final DeadLeaves leaves = new DeadLeaves(48);

  @Test
  void theSameChanceDrawsTheSamePicture() {
    assertThat(leaves.draw(new SplittableRandom(3)))
        .hasSize(48 * 48 * 3)
        .isEqualTo(leaves.draw(new SplittableRandom(3)))
        .isNotEqualTo(leaves.draw(new SplittableRandom(4)));
  }

  @Test
  void leavesCoverMostOfAPictureInManyColours() {
    byte[] packed = leaves.draw(new SplittableRandom(3));
    Set<Integer> colours = new HashSet<>();
    int bare = 0;
    for (int i = 0; i < packed.length; i += 3) {
      int colour = (packed[i] << 16) | ((packed[i + 1] & 0xff) << 8) | (packed[i + 2] & 0xff);
      colours.add(colour);
      bare += colour == 0 ? 1 : 0;
    }
    assertThat(colours).hasSizeGreaterThan(50);
    assertThat(bare).isLessThan(48 * 48 / 4);
  }
}
