package dev.flamingo.model.bundle;

import dev.flamingo.model.checkpoint.SafetensorsWriter;
import dev.flamingo.model.checkpoint.ShardedSafetensors;
import dev.flamingo.model.checkpoint.StoredTensor;
import dev.flamingo.model.checkpoint.StoredType;
import dev.flamingo.model.familiarity.Familiarity;
import dev.flamingo.model.familiarity.FamiliarityFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes bundles. The manifest comes last, so that a folder without one is no bundle yet; writing
 * over an older bundle makes its hashes wrong until then, which opening reports.
 */
public final class BundleWriter {

  private static final long LARGEST_FILE = 4L << 30;

  private final SafetensorsWriter writer;
  private final StoredType type;
  private final long largestFile;

  /** Makes a writer that stores weights in this type, in files of 4 GiB at most. */
  public BundleWriter(StoredType type) {
    this(type, LARGEST_FILE);
  }

  /**
   * Makes a writer that stores weights in this type.
   *
   * @param largestFile bytes of weights from which on they are in several files
   */
  public BundleWriter(StoredType type, long largestFile) {
    this.type = type;
    this.largestFile = largestFile;
    writer = new SafetensorsWriter(type, Map.of("format", "pt"));
  }

  /**
   * Writes a bundle and opens it.
   *
   * @param directory created where it does not exist
   * @param manifest its format and files are replaced by what is written
   * @param tokenizerJson see {@link WordLevelTokenizerJson}
   * @param weights read one after another
   * @throws IOException if it cannot be written
   */
  public Bundle write(
      Path directory,
      BundleManifest manifest,
      String tokenizerJson,
      Map<String, ? extends StoredTensor> weights)
      throws IOException {
    Files.createDirectories(directory);
    Path tokenizer = directory.resolve(Bundle.TOKENIZER);
    replace(tokenizer, tokenizerJson.getBytes(StandardCharsets.UTF_8));
    long values = weights.values().stream().mapToLong(StoredTensor::size).sum();
    boolean single = values * type.bytes() <= largestFile;
    List<Path> files = new ArrayList<>(List.of(tokenizer));
    if (single) {
      Path tensors = directory.resolve(Bundle.WEIGHTS);
      writer.write(weights, tensors);
      files.add(tensors);
    } else {
      files.addAll(ShardedSafetensors.write(writer, weights, largestFile, directory));
    }
    Map<String, String> hashes = new TreeMap<>();
    for (Path file : files) {
      hashes.put(file.getFileName().toString(), Sha256.of(file));
    }
    BundleManifest complete =
        manifest
            .inFormat(single ? BundleManifest.FORMAT : BundleManifest.SHARDED)
            .withFiles(hashes);
    replace(directory.resolve(Bundle.MANIFEST), new BundleJson().write(complete));
    return Bundle.open(directory);
  }

  /**
   * Adds to a bundle what it was trained on, or replaces that, and opens it again. Weights,
   * tokenizer and the model's hash stay as they are.
   *
   * @param suggestions questions that fit the model
   * @throws IOException if it cannot be written
   */
  public static Bundle addFamiliarity(
      Bundle bundle, Familiarity familiarity, List<String> suggestions) throws IOException {
    Path file = bundle.directory().resolve(Bundle.FAMILIARITY);
    new FamiliarityFile().write(familiarity, file);
    Map<String, String> hashes = new TreeMap<>(bundle.manifest().files());
    hashes.put(Bundle.FAMILIARITY, Sha256.of(file));
    BundleManifest complete = bundle.manifest().withSuggestions(suggestions).withFiles(hashes);
    replace(bundle.directory().resolve(Bundle.MANIFEST), new BundleJson().write(complete));
    return Bundle.open(bundle.directory());
  }

  private static void replace(Path path, byte[] content) throws IOException {
    Path part = path.resolveSibling("." + path.getFileName() + ".part");
    try {
      Files.write(part, content);
      Files.move(part, path, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
