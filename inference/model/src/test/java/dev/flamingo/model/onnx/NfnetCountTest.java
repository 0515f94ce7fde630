package dev.flamingo.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.flamingo.model.nn.Nfnet;
import dev.flamingo.model.nn.NfnetClassifier;
import dev.flamingo.model.nn.NfnetConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The public networks to the last parameter, as timm counts them. */
class NfnetCountTest {

  @ParameterizedTest
  @CsvSource({
    "0, 71489284, 233",
    "1, 132634256, 437",
    "2, 193779228, 641",
    "3, 254924200, 845",
    "4, 316069172, 1049",
    "5, 377214144, 1253",
    "6, 438359116, 1457"
  })
  void aVariantHasTheParametersOfThePublicNetwork(int variant, long parameters, int entries) {
    CountingParameters counted = new CountingParameters();
    new Nfnet(NfnetConfig.variant(variant).withFinalWidth(NfnetConfig.FINAL_WIDTH), counted);
    new NfnetClassifier(NfnetConfig.FINAL_WIDTH, 1000, counted);
    assertThat(counted.total()).isEqualTo(parameters);
    assertThat(counted.sizes()).hasSize(entries);
  }

  @Test
  void theEncoderOfThePaperHasItsFinalConvolutionButNoClassifier() {
    NfnetConfig f6 = NfnetConfig.variant(6);
    assertThat(count(f6.withFinalWidth(NfnetConfig.FINAL_WIDTH))).isEqualTo(435_286_116L);
    assertThat(count(f6)).isEqualTo(435_286_116L - 1536L * 3072 - 2 * 3072);
    assertThat(count(f6.asDeepMind())).isEqualTo(count(f6));
    // One scalar less in every block.
    assertThat(count(f6.asTimm())).isEqualTo(count(f6) - (7 + 14 + 42 + 21));
  }

  @Test
  void namesAreThoseOfThePublicCheckpoint() {
    CountingParameters counted = new CountingParameters();
    new Nfnet(NfnetConfig.variant(0).withFinalWidth(NfnetConfig.FINAL_WIDTH), counted);
    assertThat(counted.sizes())
        .containsEntry("stem.conv4.weight", 128L * 64 * 9)
        .containsEntry("stages.0.0.downsample.conv.gain", 256L)
        .containsEntry("stages.3.0.downsample.conv.weight", 1536L * 1536)
        .doesNotContainKey("stages.3.1.downsample.conv.weight")
        .containsEntry("stages.2.5.conv2b.weight", 768L * 128 * 9)
        .containsEntry("stages.1.1.attn_last.fc2.weight", 512L * 256)
        .containsEntry("stages.2.0.skipinit_gain", 1L)
        .containsEntry("final_conv.bias", 3072L);
  }

  @Test
  void aPictureBecomesAsManyPatchesAsInThePaper() {
    NfnetConfig f6 = NfnetConfig.variant(6);
    assertThat(f6.patches(288)).isEqualTo(81);
    assertThat(f6.patches(320)).isEqualTo(100);
    assertThat(f6.patches(480)).isEqualTo(225);
    assertThat(f6.width()).isEqualTo(1536);
  }

  @Test
  void aVariantThatDoesNotExistIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NfnetConfig.variant(8))
        .withMessage("nfnet f8 does not exist: choose 0 to 7");
  }

  private static long count(NfnetConfig config) {
    CountingParameters counted = new CountingParameters();
    new Nfnet(config, counted);
    return counted.total();
  }
}
