package dev.flamingo.model.nn;

import static dev.flamingo.model.nn.Near.assertNear;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flamingo.model.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IdeficsParityTest {

  static Stream<Path> fixtures() throws IOException {
    return Fixture.named("tiny_idefics.safetensors");
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void encoderComputesTheReferencesPatches(Path weights) throws IOException {
    try (Fixture fixture = Fixture.open(weights)) {
      ClipVitConfig config = encoder(fixture.config().get("vision_config"));
      ClipVit encoder = new ClipVit(config, fixture.parameters().in("model.vision_model"));
      Tensor patches = encoder.patches(pixels(fixture));
      assertNear("patches", Fixture.values(patches), fixture.host("vision_last_hidden").values());
      ClipVit other =
          new ClipVit(
              config.returning(false, false), fixture.parameters().in("model.vision_model"));
      long tokens = (long) config.grid() * config.grid() + 1;
      assertNear(
          "patches without the class token",
          Fixture.values(other.patches(pixels(fixture))),
          Fixture.values(patches.slice(1, 1, tokens)));
    }
  }

  private static Tensor pixels(Fixture fixture) {
    long[] shape = fixture.host("pixel_values").shape();
    return fixture.tensor(
        fixture.host("pixel_values").values(), shape[0] * shape[1], shape[2], shape[3], shape[4]);
  }

  private static ClipVitConfig encoder(JsonNode json) {
    int patch = json.get("patch_size").asInt();
    return new ClipVitConfig(
        patch,
        json.get("image_size").asInt() / patch,
        json.get("embed_dim").asInt(),
        json.get("num_hidden_layers").asInt(),
        json.get("num_attention_heads").asInt(),
        json.get("intermediate_size").asInt(),
        Activation.valueOf(json.get("hidden_act").asText().toUpperCase(Locale.ROOT)),
        /* classToken= */ true,
        /* finalNorm= */ false);
  }
}
