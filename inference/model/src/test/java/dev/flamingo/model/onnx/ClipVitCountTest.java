package dev.flamingo.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.flamingo.model.nn.ClipVit;
import dev.flamingo.model.nn.ClipVitConfig;
import org.junit.jupiter.api.Test;

class ClipVitCountTest {

  @Test
  void theShapesHaveTheParametersOfThePublicNetworks() {
    // What Hugging Face counts for the vision models of openai/clip-vit-large-patch14 and
    // laion/CLIP-ViT-H-14, whose projection to the joint space is not part of the encoder.
    assertThat(count(ClipVitConfig.large14().returning(true, true))).isEqualTo(303_179_776L);
    assertThat(count(ClipVitConfig.huge14().returning(true, true))).isEqualTo(630_766_080L);
  }

  @Test
  void anEncoderWithoutTheFinalNormLacksItsParametersOnly() {
    assertThat(count(ClipVitConfig.large14())).isEqualTo(303_179_776L - 2 * 1024);
  }

  @Test
  void picturesOfAnotherSizeAreRefused() {
    ClipVitConfig config = ClipVitConfig.large14();
    assertThat(config.patches(224)).isEqualTo(256);
    assertThat(config.returning(true, false).patches(224)).isEqualTo(257);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.patches(320))
        .withMessageContainingAll("320", "use 224");
  }

  private static long count(ClipVitConfig config) {
    CountingParameters counted = new CountingParameters();
    new ClipVit(config, counted);
    return counted.total();
  }
}
