package dev.flamingo.model.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.TinyArchitectures;
import dev.flamingo.model.onnx.CountingParameters;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrossAttentionTest {

  private static final int LAST = SeeingText.LENGTH - 1;
  private static final Map<String, FlamingoConfig> ALL = TinyArchitectures.all();

  private static FlamingoConfig architecture(String name) {
    FlamingoConfig config = ALL.get(name);
    assertThat(config).as(name).isNotNull();
    return config;
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "vanilla", "grafting", "single in the middle", "chinchilla"})
  void closedGatesLeaveTheLanguageModelExactlyAsItWas(String name) {
    try (SeeingText page = SeeingText.closed(architecture(name))) {
      assertThat(page.seeing(page.medium(1), page.medium(2))).isDeepEqualTo(page.blind());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "vanilla", "grafting", "single in the middle", "chinchilla"})
  void openGatesLetItSee(String name) {
    try (SeeingText page = SeeingText.open(architecture(name))) {
      float[][] seen = page.seeing(page.medium(1), page.medium(2));
      assertThat(seen[LAST]).isNotEqualTo(page.blind()[LAST]);
      assertThat(seen[LAST]).isNotEqualTo(page.seeing(page.medium(1), page.medium(3))[LAST]);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ungated", "vanilla, ungated", "grafting, ungated"})
  void withoutGatesItSeesFromTheStart(String name) {
    try (SeeingText page = SeeingText.closed(architecture(name))) {
      assertThat(page.seeing(page.medium(1), page.medium(2))[LAST])
          .isNotEqualTo(page.blind()[LAST]);
      CountingParameters counted = new CountingParameters();
      Flamingo.of(architecture(name), counted);
      assertThat(counted.sizes().keySet()).noneMatch(parameter -> parameter.endsWith("_gate"));
    }
  }

  @Test
  void aTokenBeforeAnyMediumSeesNone() {
    // But it goes through the new feed-forward layer, so that only a vanilla layer leaves it be.
    try (SeeingText page = SeeingText.open(architecture("vanilla"))) {
      assertThat(page.seeing(page.medium(1), page.medium(2))[0]).isEqualTo(page.blind()[0]);
    }
    try (SeeingText page = SeeingText.open(architecture("plain"))) {
      float[][] seen = page.seeing(page.medium(1), page.medium(2));
      assertThat(seen[0]).isEqualTo(page.seeing(page.medium(3), page.medium(4))[0]);
    }
  }

  @Test
  void aPageShowsItsEarlierMediaThroughItsTextOrDirectly() {
    // Only the last block has a layer, behind its self-attention: what an earlier medium changes
    // cannot come through the text.
    CrossAttentionConfig lastBlock =
        TinyArchitectures.plain().crossAttention().at(3, 4).as(CrossAttentionKind.VANILLA);
    assertThat(firstMediumReaches(lastBlock)).isFalse();
    assertThat(firstMediumReaches(lastBlock.seeing(MediaVisibility.ALL_PREVIOUS))).isTrue();
    assertThat(firstMediumReaches(lastBlock.at(0, 1))).isTrue();
  }

  private static boolean firstMediumReaches(CrossAttentionConfig crossAttention) {
    try (SeeingText page = SeeingText.open(TinyArchitectures.plain().seeingBy(crossAttention))) {
      float[] second = page.medium(2);
      return !Arrays.equals(
          page.seeing(page.medium(1), second)[LAST], page.seeing(page.medium(3), second)[LAST]);
    }
  }

  @Test
  void eachKindReachesOtherPartsOfTheLanguageModel() {
    // Layers at blocks 1 and 3 of 4: what do the keys of block 1, and those of block 2, know?
    CrossAttentionConfig layers = TinyArchitectures.plain().crossAttention().at(1, 2);
    assertThat(seeingBlocks(layers)).containsExactly(1, 2, 3);
    assertThat(seeingBlocks(layers.as(CrossAttentionKind.VANILLA))).containsExactly(2, 3);
    // Blocks 4 and 5 are grafted.
    assertThat(seeingBlocks(layers.as(CrossAttentionKind.GRAFTING))).containsExactly(4, 5);
  }

  private static List<Integer> seeingBlocks(CrossAttentionConfig crossAttention) {
    FlamingoConfig config = TinyArchitectures.plain().seeingBy(crossAttention);
    try (SeeingText page = SeeingText.open(config)) {
      float[] first = page.medium(1);
      return IntStream.range(0, config.cachedBlocks())
          .filter(
              block ->
                  !Arrays.equals(
                      page.keys(block, first, page.medium(2)),
                      page.keys(block, first, page.medium(3))))
          .boxed()
          .toList();
    }
  }

  @Test
  void layersStandWhereThePaperHasThem() {
    CrossAttentionConfig layers = TinyArchitectures.plain().crossAttention();
    assertThat(layers.at(0, 1).blocks(24)).hasSize(24).startsWith(0, 1, 2);
    assertThat(layers.at(0, 2).blocks(24)).hasSize(12).startsWith(0, 2).endsWith(22);
    assertThat(layers.at(0, 4).blocks(40)).hasSize(10).startsWith(0, 4).endsWith(36);
    assertThat(layers.at(0, 7).blocks(80)).hasSize(12).startsWith(0, 7).endsWith(77);
    assertThat(layers.inTheMiddleOf(24).blocks(24)).containsExactly(12);
    // OpenFlamingo's.
    assertThat(layers.at(3, 4).blocks(32)).hasSize(8).startsWith(3, 7).endsWith(31);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layers.at(0, 0))
        .withMessageContaining("every 1 or more");
  }

  @ParameterizedTest
  @EnumSource(CrossAttentionKind.class)
  void kindsDifferByTheirParameters(CrossAttentionKind kind) {
    FlamingoConfig config = TinyArchitectures.plain();
    long attention = 2 * 32 + 24 * (32 + 32 + 2 * 24);
    long feedForward = 2 * 32 + 8 * 32 * 32;
    long block = 2 * 32 + 4 * 32 * 32 + 3 * 32 * 48;
    long expected =
        switch (kind) {
          case GATED_DENSE -> attention + feedForward + 2;
          case VANILLA -> attention + 1;
          case GRAFTING -> attention + feedForward + 2 + block + 1;
        };
    CountingParameters counted = new CountingParameters();
    Flamingo.of(config.seeingBy(config.crossAttention().as(kind)), counted);
    assertThat(counted.within(Flamingo.CROSS_ATTENTION)).isEqualTo(2 * expected);
  }

  @Test
  void imagesAndVideosOfAnyLengthShareAPage() {
    try (SeeingText page = SeeingText.open(TinyArchitectures.plain())) {
      float[] image = page.medium(1, 1);
      float[] video = page.medium(2, 5);
      float[] film = page.medium(3, 30);
      float[][] seen = page.seeing(image, film);
      assertThat(seen[1]).isEqualTo(page.seeing(image, video)[1]);
      assertThat(seen[LAST]).isNotEqualTo(page.seeing(image, video)[LAST]);
      assertThat(seen[LAST]).isNotEqualTo(page.seeing(video, film)[LAST]);
      assertThat(page.seeing(film, image)[1]).isEqualTo(page.seeing(film, video)[1]);
    }
  }
}
