package dev.flamingo.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureCacheTest {

  private final Path folder;

  FeatureCacheTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void featuresComeBackInHalfPrecision() throws IOException {
    try (FeatureCache cache = new FeatureCache(folder.resolve("features"), 3)) {
      cache.write(0, new float[] {1, -0.5f, 0.1f, 7, 8, 9});
      cache.write(2, new float[] {10, 11, 12});
      float[] target = new float[5];

      cache.read(0, target, 1);
      assertThat(target).containsExactly(0, 1, -0.5f, 0.099975586f, 0);
      cache.read(2, target, 2);
      assertThat(target).containsExactly(0, 1, 10, 11, 12);
      assertThat(cache.media()).isEqualTo(3);
    }
  }

  @Test
  void aClipThatWasCutDoesNotCountAndIsWrittenOver() throws IOException {
    Path file = folder.resolve("features");
    try (FeatureCache cache = new FeatureCache(file, 3)) {
      cache.write(0, new float[] {1, 2, 3, 4, 5, 6});
    }
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 9));

    try (FeatureCache cache = new FeatureCache(file, 3)) {
      assertThat(cache.media()).isEqualTo(1);
      cache.write(1, new float[] {7, 8, 9});
      float[] target = new float[3];
      cache.read(1, target, 0);
      assertThat(target).containsExactly(7, 8, 9);
      assertThat(cache.media()).isEqualTo(2);
    }
  }
}
