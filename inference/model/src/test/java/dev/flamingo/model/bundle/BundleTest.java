package dev.flamingo.model.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.TinyArchitectures;
import dev.flamingo.model.checkpoint.HostTensor;
import dev.flamingo.model.checkpoint.SafetensorsFile;
import dev.flamingo.model.checkpoint.StoredType;
import dev.flamingo.model.nn.Flamingo;
import dev.flamingo.model.onnx.CountingParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {

  private static final Map<String, HostTensor> WEIGHTS =
      Map.of("w", HostTensor.of(new float[] {1, 2}, 2));

  private final Path directory;
  private final Bundle bundle;

  BundleTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    bundle = write("street", WEIGHTS);
  }

  private Bundle write(String name, Map<String, HostTensor> weights) throws IOException {
    return write(name, weights, FlamingoConfig.street(7));
  }

  private Bundle write(FlamingoConfig architecture) throws IOException {
    return write("other", WEIGHTS, architecture);
  }

  private Bundle write(String name, Map<String, HostTensor> weights, FlamingoConfig architecture)
      throws IOException {
    BundleManifest manifest =
        BundleManifest.of(
            name, architecture, Preprocessing.IMAGENET, SpecialTokens.DEFAULT, Map.of("seed", "1"));
    String tokenizer = new WordLevelTokenizerJson(SpecialTokens.DEFAULT).write(List.of("a"));
    return new BundleWriter(StoredType.F16).write(directory, manifest, tokenizer, weights);
  }

  @Test
  void whatIsWrittenIsOpenedAgain() throws IOException {
    Bundle again = Bundle.open(directory);
    assertThat(again.manifest()).isEqualTo(bundle.manifest());
    assertThat(again.architecture()).isEqualTo(FlamingoConfig.street(7));
    assertThat(again.manifest().provenance()).containsEntry("seed", "1");
    assertThat(again.manifest().files()).containsOnlyKeys("tokenizer.json", "weights.safetensors");
    assertThat(again.id()).matches("street@[0-9a-f]{12}");
    try (SafetensorsFile weights = again.weights();
        Tokenizer tokenizer = again.tokenizer()) {
      assertThat(weights.get("w")).isEqualTo(WEIGHTS.get("w"));
      assertThat(tokenizer.encode("a")).containsExactly(6);
    }
    assertThat(again.framePreprocessor().size()).isEqualTo(96);
    try (var files = Files.list(directory)) {
      assertThat(files).hasSize(3);
    }
  }

  @Test
  void theHashFollowsTheWeightsAlone() throws IOException {
    assertThat(write("other", WEIGHTS).hash()).isEqualTo(bundle.hash());
    assertThat(write("street", Map.of("w", HostTensor.of(new float[] {3}))).hash())
        .isNotEqualTo(bundle.hash());
  }

  @Test
  void aDerivationDiffersByItsVersion() {
    assertThat(bundle.derivationKey("1")).isEqualTo(bundle.derivationKey("1"));
    assertThat(bundle.derivationKey("1"))
        .startsWith(bundle.hash())
        .isNotEqualTo(bundle.derivationKey("2"));
  }

  @Test
  void aDerivationDiffersByTheTokenizer() throws IOException {
    String tokenizer = new WordLevelTokenizerJson(SpecialTokens.DEFAULT).write(List.of("b"));
    Bundle other =
        new BundleWriter(StoredType.F16)
            .write(directory.resolve("other"), bundle.manifest(), tokenizer, WEIGHTS);
    assertThat(other.hash()).isEqualTo(bundle.hash());
    assertThat(other.derivationKey("1")).isNotEqualTo(bundle.derivationKey("1"));
  }

  @Test
  void aChangedFileIsRefused() throws IOException {
    Path weights = directory.resolve("weights.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Bundle.open(directory))
        .withMessageContainingAll("weights.safetensors", "sha256");
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Files.delete(directory.resolve("tokenizer.json"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Bundle.open(directory))
        .withMessageContaining("tokenizer.json is missing");
  }

  @Test
  void aFolderWithoutManifestIsNoBundle() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Bundle.open(directory.resolve("nowhere")))
        .withMessageContaining("name a folder that holds a model");
  }

  @Test
  void aManifestOfAnotherFormatOrWithAnUnknownFieldIsRefused() throws IOException {
    Path manifest = directory.resolve("bundle.json");
    String json = Files.readString(manifest);
    for (String broken :
        List.of(
            json.replace("\"format\" : 1", "\"format\" : 2"),
            json.replace("\"format\" : 1", "\"formats\" : 1"),
            json.replace("\"std\"", "\"deviation\""),
            json.replace("tokenizer.json", "../tokenizer.json"),
            "{")) {
      assertThat(broken).isNotEqualTo(json);
      Files.writeString(manifest, broken);
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> Bundle.open(directory))
          .withMessageContaining("bundle.json cannot be read");
    }
  }

  @Test
  void everyArchitectureIsReadAsItWasWritten() throws IOException {
    for (FlamingoConfig architecture : TinyArchitectures.all().values()) {
      assertThat(write(architecture).architecture()).isEqualTo(architecture);
    }
  }

  @Test
  void theShippedBundleHasTheWeightsOfItsArchitecture() throws IOException {
    Bundle shipped = Bundle.open(Path.of("bundles/street"));
    CountingParameters counted = new CountingParameters();
    Flamingo.of(shipped.architecture(), counted);
    try (SafetensorsFile weights = shipped.weights()) {
      assertThat(weights.names()).containsExactlyInAnyOrderElementsOf(counted.sizes().keySet());
    }
  }

  @Test
  void anOlderBundleIsWhatItWasBeforeThereWasAChoice() throws IOException {
    rewrite(
        architecture -> {
          remove(architecture, "vision", "kind", "standardization", "gamma", "activation");
          remove(architecture, "vision", "skipInit", "finalWidth");
          remove(architecture, "resampler", "kind", "interpolation");
          remove(architecture, "language", "smearedKeys", "activation", "gatedFeedForward");
          remove(architecture, "crossAttention", "first", "kind", "gated", "sees");
        });
    FlamingoConfig street = FlamingoConfig.street(7);
    FlamingoConfig older = Bundle.open(directory).architecture();
    assertThat(older.language().smearedKeys()).isFalse();
    assertThat(older.vision()).isEqualTo(street.vision());
    assertThat(older.resampler()).isEqualTo(street.resampler());
    assertThat(older.crossAttention()).isEqualTo(street.crossAttention());
  }

  @Test
  void anUnknownOrHalfToldEncoderIsRefused() throws IOException {
    rewrite(architecture -> ((ObjectNode) architecture.get("vision")).put("kind", "resnet"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Bundle.open(directory))
        .withMessageContaining("resnet");
    rewrite(
        architecture -> {
          ((ObjectNode) architecture.get("vision")).put("kind", "nfnet");
          remove(architecture, "vision", "gamma");
        });
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Bundle.open(directory))
        .withMessageContaining("gamma");
  }

  private void rewrite(Consumer<ObjectNode> change) throws IOException {
    Path manifest = directory.resolve("bundle.json");
    ObjectMapper json = new ObjectMapper();
    ObjectNode tree = (ObjectNode) json.readTree(manifest.toFile());
    change.accept((ObjectNode) tree.get("architecture"));
    json.writeValue(manifest.toFile(), tree);
  }

  private static void remove(ObjectNode architecture, String part, String... fields) {
    for (String field : fields) {
      assertThat(((ObjectNode) architecture.get(part)).remove(field)).as(field).isNotNull();
    }
  }

  @Test
  void aNameThatWouldNotFitAnAnswerIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> write("Street Model", WEIGHTS));
  }
}
