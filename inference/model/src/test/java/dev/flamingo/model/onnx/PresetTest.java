package dev.flamingo.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.flamingo.model.Preset;
import dev.flamingo.model.nn.Flamingo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PresetTest {

  private static final int STREET_WORDS = 108;

  @ParameterizedTest
  @EnumSource(Preset.class)
  void theReadmeCountsTheParametersOfEveryPart(Preset preset) throws IOException {
    int vocabulary = preset == Preset.STREET ? STREET_WORDS : Preset.VOCABULARY;
    CountingParameters counted = new CountingParameters();
    Flamingo.of(preset.architecture(vocabulary), counted);
    String row =
        "| `%s` | %s | %s | %s | %s | %s |"
            .formatted(
                preset.label(),
                grouped(counted.within(Flamingo.ENCODER)),
                grouped(counted.within(Flamingo.RESAMPLER)),
                grouped(counted.within(Flamingo.CROSS_ATTENTION)),
                grouped(counted.within(Flamingo.LANGUAGE)),
                grouped(counted.total()));
    try (Stream<String> readme = Files.lines(Path.of("README.md"))) {
      assertThat(readme.filter(line -> line.startsWith("| `" + preset.label() + "` |")))
          .containsExactly(row);
    }
  }

  private static String grouped(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  @Test
  void presetsAreFoundByName() {
    assertThat(Preset.named("flamingo-80b")).isEqualTo(Preset.FLAMINGO_80B);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Preset.named("flamingo-5b"))
        .withMessageContainingAll("flamingo-5b", "flamingo-3b, flamingo-9b, flamingo-80b, street");
  }

  @Test
  void thePapersModelsHaveThePapersLayers() {
    assertThat(Preset.FLAMINGO_3B.architecture(9).crossAttentionLayers()).isEqualTo(24);
    assertThat(Preset.FLAMINGO_9B.architecture(9).crossAttentionLayers()).isEqualTo(10);
    assertThat(Preset.FLAMINGO_80B.architecture(9).crossAttentionLayers()).isEqualTo(12);
    assertThat(Preset.FLAMINGO_80B.architecture(9).patches()).isEqualTo(100);
  }
}
