package dev.flamingo.model.nn;

import static dev.flamingo.model.nn.Near.assertNear;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flamingo.model.eager.EagerParameters;
import dev.flamingo.model.tensor.Padding;
import dev.flamingo.model.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NfnetParityTest {

  private static final int[] STEM_STRIDES = {2, 1, 1, 2};

  static Stream<Path> fixtures() throws IOException {
    return Fixture.named("tiny_dm_nfnet.safetensors");
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void computesWhatTheReferenceComputesAfterEveryStage(Path weights) throws IOException {
    try (Fixture fixture = Fixture.open(weights)) {
      NfnetConfig config = config(fixture.config());
      EagerParameters parameters = fixture.parameters();
      Nfnet nfnet = new Nfnet(config, parameters);
      NfnetClassifier head =
          new NfnetClassifier(
              fixture.config().get("num_features").asInt(),
              fixture.config().get("num_classes").asInt(),
              parameters);
      for (JsonNode size : fixture.config().get("inputs")) {
        String io = "io." + size.asInt() + ".";
        List<Tensor> maps = nfnet.maps(fixture.tensor(io + "input"));
        assertNear(io + "stem", Fixture.values(maps.get(0)), fixture.host(io + "stem").values());
        for (int i = 1; i < maps.size(); i++) {
          String stage = io + "stage" + (i - 1);
          assertNear(stage, Fixture.values(maps.get(i)), fixture.host(stage).values());
        }
        Tensor features = nfnet.map(fixture.tensor(io + "input"));
        assertNear(
            io + "features", Fixture.values(features), fixture.host(io + "features").values());
        float[] logits = Fixture.values(head.logits(features));
        assertNear(io + "logits", logits, fixture.host(io + "logits").values());
      }
    }
  }

  private static NfnetConfig config(JsonNode json) {
    List<NfnetConfig.Stem> stem = new ArrayList<>();
    for (int i = 0; i < STEM_STRIDES.length; i++) {
      stem.add(new NfnetConfig.Stem(json.get("stem").get(i).asInt(), STEM_STRIDES[i]));
    }
    List<NfnetConfig.Stage> stages = new ArrayList<>();
    for (int i = 0; i < json.get("widths").size(); i++) {
      int depth = json.get("depths").get(i).asInt();
      stages.add(new NfnetConfig.Stage(json.get("widths").get(i).asInt(), depth, i == 0 ? 1 : 2));
    }
    // The other family has no scalar to close a branch, and gamma in its kernels.
    boolean deepMind = json.get("family").asText().startsWith("dm_");
    return new NfnetConfig(
        stem,
        stages,
        json.get("group_width").asInt(),
        json.get("bottleneck_ratio").asDouble(),
        json.get("se_ratio").asDouble(),
        Padding.valueOf(json.get("padding").asText().toUpperCase(Locale.ROOT)),
        json.get("ws_eps").asDouble(),
        Standardization.ADDED_EPSILON,
        deepMind ? Gamma.IN_ACTIVATION : Gamma.IN_KERNEL,
        Activation.valueOf(json.get("activation").asText().toUpperCase(Locale.ROOT)),
        /* skipInit= */ deepMind,
        json.get("num_features").asInt());
  }
}
