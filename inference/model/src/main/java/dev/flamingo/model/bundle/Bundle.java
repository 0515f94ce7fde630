package dev.flamingo.model.bundle;

import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.checkpoint.SafetensorsFile;
import dev.flamingo.model.checkpoint.ShardedSafetensors;
import dev.flamingo.model.checkpoint.StoredWeights;
import dev.flamingo.model.familiarity.Familiarity;
import dev.flamingo.model.familiarity.FamiliarityFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A model: a folder whose files are what they were when it was written. It holds no resource
 * itself; what it opens belongs to the caller.
 */
public final class Bundle {

  static final String MANIFEST = "bundle.json";
  static final String TOKENIZER = "tokenizer.json";
  static final String WEIGHTS = "weights.safetensors";
  static final String SHARDS = ShardedSafetensors.INDEX;
  static final String FAMILIARITY = "familiarity.safetensors";

  private static final String SHARD_ENDING = ".safetensors";
  private static final int SHORT_HASH = 12;

  private final Path directory;
  private final BundleManifest manifest;
  private final String architectureHash;

  private Bundle(Path directory, BundleManifest manifest, String architectureHash) {
    this.directory = directory;
    this.manifest = manifest;
    this.architectureHash = architectureHash;
  }

  /**
   * Opens a bundle and compares every file with its hash.
   *
   * @throws IOException if a file is missing, unreadable or not the one that was written
   */
  public static Bundle open(Path directory) throws IOException {
    return open(directory, FileHashes.computed());
  }

  /**
   * Opens a bundle and compares the hash of every file.
   *
   * @param hashes of files; of those that are known already nothing is read
   * @throws IOException if a file is missing, unreadable or not the one that was written
   */
  public static Bundle open(Path directory, FileHashes hashes) throws IOException {
    BundleJson json = new BundleJson();
    BundleManifest manifest = json.read(directory.resolve(MANIFEST));
    Map<String, String> files = manifest.files();
    String weights = manifest.format() == BundleManifest.FORMAT ? WEIGHTS : SHARDS;
    for (String required : new String[] {TOKENIZER, weights}) {
      if (!files.containsKey(required)) {
        throw new IOException(
            "%s lists no %s: write the bundle again"
                .formatted(directory.resolve(MANIFEST), required));
      }
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      verify(directory.resolve(file.getKey()), file.getValue(), hashes);
    }
    return new Bundle(directory, manifest, Sha256.of(json.write(manifest.architecture())));
  }

  /** Returns what the bundle says of itself. */
  public BundleManifest manifest() {
    return manifest;
  }

  /** Returns the architecture. */
  public FlamingoConfig architecture() {
    return manifest.architecture();
  }

  /** Returns the folder. */
  public Path directory() {
    return directory;
  }

  /** Returns a short hash of the weights, 12 hex digits. */
  public String hash() {
    return weightsHash().substring(0, SHORT_HASH);
  }

  /** Returns the name under which answers report this model: {@code name@hash}. */
  public String id() {
    return manifest.name() + "@" + hash();
  }

  /**
   * Returns a key that differs wherever files derived from this model would.
   *
   * @param version of whatever derives them
   */
  public String derivationKey(String version) {
    String words = manifest.files().get(TOKENIZER) + "/" + manifest.specialTokens();
    String all = weightsHash() + "/" + architectureHash + "/" + words + "/" + version;
    return hash() + "-" + Sha256.of(all.getBytes(StandardCharsets.UTF_8)).substring(0, SHORT_HASH);
  }

  /** The hash of one file, or that of all parts' names and hashes. */
  private String weightsHash() {
    Map<String, String> files = manifest.files();
    String single = files.get(WEIGHTS);
    if (manifest.format() == BundleManifest.FORMAT && single != null) {
      return single;
    }
    String parts =
        files.entrySet().stream()
            .filter(
                file -> file.getKey().contains(SHARD_ENDING) && !file.getKey().equals(FAMILIARITY))
            .map(file -> file.getKey() + " " + file.getValue() + "\n")
            .collect(Collectors.joining());
    return Sha256.of(parts.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns the bytes of the files that hold the weights.
   *
   * @throws IOException if they are not there
   */
  public long weightBytes() throws IOException {
    long bytes = 0;
    for (String file : manifest.files().keySet()) {
      if (file.endsWith(SHARD_ENDING) && !file.equals(FAMILIARITY)) {
        bytes += Files.size(directory.resolve(file));
      }
    }
    return bytes;
  }

  /**
   * Opens the weights; the caller closes them.
   *
   * @throws IOException if they cannot be read, or a part of them is not among the bundle's files
   */
  public StoredWeights weights() throws IOException {
    return manifest.format() == BundleManifest.FORMAT
        ? SafetensorsFile.open(directory.resolve(WEIGHTS))
        : ShardedSafetensors.open(directory.resolve(SHARDS));
  }

  /**
   * Opens the tokenizer; the caller closes it.
   *
   * @throws IOException if it cannot be read or lacks a special token
   */
  public Tokenizer tokenizer() throws IOException {
    return Tokenizer.open(directory.resolve(TOKENIZER), manifest.specialTokens());
  }

  /**
   * Returns what the bundle knows of what it was trained on; nothing where it was written without.
   *
   * @throws IOException if that cannot be read, or is another architecture's
   */
  public Optional<Familiarity> familiarity() throws IOException {
    if (!manifest.files().containsKey(FAMILIARITY)) {
      return Optional.empty();
    }
    Familiarity familiarity = new FamiliarityFile().read(directory.resolve(FAMILIARITY));
    int channels = manifest.architecture().vision().width();
    if (familiarity.pictures().channels() != channels) {
      throw new IOException(
          "%s is of %d channels and not of %d: write it again with flamingo train familiar"
              .formatted(
                  directory.resolve(FAMILIARITY), familiarity.pictures().channels(), channels));
    }
    return Optional.of(familiarity);
  }

  /** Returns the same bundle as one that knows nothing of its training. */
  public Bundle withoutFamiliarity() {
    Map<String, String> files = new TreeMap<>(manifest.files());
    files.remove(FAMILIARITY);
    return new Bundle(directory, manifest.withFiles(files), architectureHash);
  }

  /** Returns the way from pictures to this model's input. */
  public FramePreprocessor framePreprocessor() {
    return new FramePreprocessor(manifest.architecture().imageSize(), manifest.preprocessing());
  }

  private static void verify(Path file, String expected, FileHashes hashes) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("%s is missing: fetch the bundle again".formatted(file));
    }
    String actual = hashes.of(file);
    if (!actual.equals(expected)) {
      throw new IOException(
          "%s has sha256 %s and not %s: fetch the bundle again".formatted(file, actual, expected));
    }
  }
}
