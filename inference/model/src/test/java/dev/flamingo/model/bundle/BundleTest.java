package dev.flamingo.model.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.TinyArchitectures;
import dev.flamingo.model.checkpoint.HostTensor;
import dev.flamingo.model.checkpoint.StoredType;
import dev.flamingo.model.checkpoint.StoredWeights;
import dev.flamingo.model.nn.Flamingo;
import dev.flamingo.model.onnx.CountingParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
    try (StoredWeights weights = again.weights();
        Tokenizer tokenizer = again.tokenizer()) {
      assertThat(weights.tensor("w").floats()).isEqualTo(WEIGHTS.get("w"));
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
  void weightsInSeveralFilesAreTheSameModel() throws IOException {
    Map<String, HostTensor> weights =
        Map.of(
            "a", HostTensor.of(new float[] {1, 2, 3, 4}, 2, 2),
            "b", HostTensor.of(new float[] {5}),
            "c", HostTensor.of(new float[] {6, 7, 8}, 3));
    Path folder = directory.resolve("sharded");
    // Four halves fill a file.
    Bundle sharded = writeSharded(folder, weights, 8);
    assertThat(sharded.manifest().format()).isEqualTo(2);
    assertThat(sharded.manifest().files())
        .containsOnlyKeys(
            "tokenizer.json",
            "model-00001-of-00002.safetensors",
            "model-00002-of-00002.safetensors",
            "model.safetensors.index.json");
    assertThat(sharded.id()).matches("street@[0-9a-f]{12}").isNotEqualTo(bundle.id());
    assertThat(sharded.weightBytes()).isGreaterThan(16);
    try (StoredWeights read = Bundle.open(folder).weights()) {
      assertThat(read.names()).containsExactly("a", "b", "c");
      weights.forEach((name, value) -> assertThat(read.tensor(name).floats()).isEqualTo(value));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> read.tensor("d"))
          .withMessageContaining("no tensor d");
    }
  }

  @Test
  void anIndexThatNamesAnotherFolderOrAWrongFileIsRefused() throws IOException {
    Path folder = directory.resolve("sharded");
    Bundle sharded = writeSharded(folder, WEIGHTS, 0);
    Path index = folder.resolve("model.safetensors.index.json");
    for (String wrong : new String[] {"../x.safetensors", "absent.safetensors"}) {
      Files.writeString(index, "{\"weight_map\":{\"w\":\"" + wrong + "\"}}");
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(sharded::weights)
          .withMessageContaining(wrong.replaceFirst("\\.\\./", ""));
    }
    Files.writeString(index, "{\"weight_map\":{\"x\":\"model-00001-of-00001.safetensors\"}}");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(sharded::weights)
        .withMessageContainingAll("model-00001-of-00001.safetensors", "lacks tensor x");
  }

  private Bundle writeSharded(Path folder, Map<String, HostTensor> weights, long largestFile)
      throws IOException {
    return new BundleWriter(StoredType.F16, largestFile)
        .write(
            folder,
            bundle.manifest(),
            new WordLevelTokenizerJson(SpecialTokens.DEFAULT).write(List.of("a")),
            weights);
  }

  @Test
  void aHashIsComputedOnceUntilItsFileChanges() throws IOException {
    Path cache = directory.resolve("cache");
    FileHashes hashes = FileHashes.keptIn(cache);
    Path weights = directory.resolve("weights.safetensors");
    String first = hashes.of(weights);
    assertThat(first).isEqualTo(Sha256.of(weights));
    // What is kept is what counts: the file itself is not read again.
    List<Path> kept;
    try (var entries = Files.list(cache.resolve("hashes"))) {
      kept = entries.toList();
    }
    assertThat(kept).hasSize(1);
    Files.writeString(kept.get(0), "0".repeat(64));
    assertThat(FileHashes.keptIn(cache).of(weights)).isEqualTo("0".repeat(64));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Bundle.open(directory, hashes))
        .withMessageContaining("0".repeat(64));
    // The same size and times, in another inode.
    Path copy = directory.resolve("copy");
    Files.copy(weights, copy, StandardCopyOption.COPY_ATTRIBUTES);
    Files.move(copy, weights, StandardCopyOption.REPLACE_EXISTING);
    assertThat(hashes.of(weights)).isEqualTo(first);
    assertThat(Bundle.open(directory, hashes).id()).isEqualTo(bundle.id());
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
            json.replace("\"format\" : 1", "\"format\" : 3"),
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
    try (StoredWeights weights = shipped.weights()) {
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
