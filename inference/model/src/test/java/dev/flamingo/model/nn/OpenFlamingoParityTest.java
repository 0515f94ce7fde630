package dev.flamingo.model.nn;

import static dev.flamingo.model.nn.Near.assertNear;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flamingo.model.checkpoint.HostTensor;
import dev.flamingo.model.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpenFlamingoParityTest {

  static Stream<Path> fixtures() throws IOException {
    return Fixture.named("tiny_openflamingo_blocks.safetensors");
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void resamplerComputesTheReferencesLatents(Path weights) throws IOException {
    try (Fixture fixture = Fixture.open(weights)) {
      JsonNode json = fixture.config().get("perceiver");
      long[] shape = fixture.host("io.vis").shape();
      int width = (int) shape[4];
      int frames = json.get("frame_embeddings").asInt();
      ResamplerConfig config =
          new ResamplerConfig(
              width,
              width,
              json.get("depth").asInt(),
              json.get("heads").asInt(),
              json.get("dim_head").asInt(),
              json.get("latents").asInt(),
              frames,
              Activation.GELU);
      PerceiverResampler resampler =
          new PerceiverResampler(config, fixture.parameters().in("perceiver"));
      // The reference numbers media apart from the batch; to the resampler every medium is a window
      // of its own.
      Tensor windows =
          fixture.tensor(
              fixture.host("io.vis").values(), shape[0] * shape[1], shape[2], shape[3], width);
      Tensor time = fixture.tensor(TimeEmbedding.weights((int) shape[2], frames), shape[2], frames);
      float[] latents = Fixture.values(resampler.apply(windows, time));
      assertNear("latents", latents, fixture.host("io.latents").values());
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void gatedLayerComputesTheReferencesText(Path weights) throws IOException {
    try (Fixture fixture = Fixture.open(weights)) {
      HostTensor text = fixture.host("io.x");
      int tokens = (int) text.shape()[1];
      int width = (int) text.shape()[2];
      HostTensor latents = fixture.host("io.latents");
      int media = (int) latents.shape()[1];
      int perMedium = (int) latents.shape()[2];
      GatedCrossAttention layer = layer(fixture, width, (int) latents.shape()[3]);
      KeysValues visual =
          layer.keysValues(
              fixture.tensor(latents.values(), 1, (long) media * perMedium, latents.shape()[3]));
      Tensor x = fixture.tensor("io.x");
      boolean[] places = places(fixture.host("io.media_locations"));

      Tensor last = fixture.tensor(MediaVisibility.LAST.of(places, media), 1, tokens, media);
      float[] attended = Fixture.values(layer.attend(x, visual, last, perMedium));
      assertNear("attention", attended, fixture.host("io.attn_only").values());
      int before = firstPlace(places) * width;
      for (float value : Arrays.copyOf(attended, before)) {
        assertThat(Math.abs(value)).isEqualTo(0f);
      }
      float[] seen = Fixture.values(layer.apply(x, visual, last, perMedium));
      assertNear("last medium", seen, fixture.host("io.y_immediate").values());

      Tensor all = fixture.tensor(MediaVisibility.ALL_PREVIOUS.of(places, media), 1, tokens, media);
      float[] seenAll = Fixture.values(layer.apply(x, visual, all, perMedium));
      // With this rule the reference lets tokens before any medium attend to all of them evenly;
      // here they see none, as the paper says.
      assertNear(
          "all previous media",
          Arrays.copyOfRange(seenAll, before, seenAll.length),
          Arrays.copyOfRange(fixture.host("io.y_all_previous").values(), before, seenAll.length));

      float[] newest = new float[media];
      newest[media - 1] = 1;
      Tensor first = x.slice(1, 0, 1);
      Tensor cached = layer.apply(first, visual, fixture.tensor(newest, 1, 1, media), perMedium);
      assertNear(
          "cached media", Fixture.values(cached), fixture.host("io.y_cached_first_token").values());
    }
  }

  private static GatedCrossAttention layer(Fixture fixture, int width, int visual) {
    JsonNode json = fixture.config().get("gated_cross_attn_layer");
    CrossAttentionConfig config =
        new CrossAttentionConfig(
            1, visual, json.get("heads").asInt(), json.get("dim_head").asInt(), Activation.GELU);
    return new GatedCrossAttention(
        config, width, fixture.parameters().in("gated_cross_attn_layer"));
  }

  private static boolean[] places(HostTensor locations) {
    boolean[] places = new boolean[locations.values().length];
    for (int i = 0; i < places.length; i++) {
      places[i] = locations.values()[i] != 0;
    }
    return places;
  }

  private static int firstPlace(boolean[] places) {
    int first = 0;
    while (!places[first]) {
      first++;
    }
    return first;
  }
}
