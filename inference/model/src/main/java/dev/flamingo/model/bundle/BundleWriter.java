package dev.flamingo.model.bundle;

import dev.flamingo.model.checkpoint.HostTensor;
import dev.flamingo.model.checkpoint.SafetensorsWriter;
import dev.flamingo.model.checkpoint.StoredType;
import dev.flamingo.model.familiarity.Familiarity;
import dev.flamingo.model.familiarity.FamiliarityFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes bundles. The manifest comes last, so that a folder without one is no bundle yet; writing
 * over an older bundle makes its hashes wrong until then, which opening reports.
 */
public final class BundleWriter {

  private final StoredType type;

  /** Makes a writer that stores weights in this type. */
  public BundleWriter(StoredType type) {
    this.type = type;
  }

  /**
   * Writes a bundle and opens it.
   *
   * @param directory created where it does not exist
   * @param manifest its files are replaced by what is written
   * @param tokenizerJson see {@link WordLevelTokenizerJson}
   * @throws IOException if it cannot be written
   */
  public Bundle write(
      Path directory,
      BundleManifest manifest,
      String tokenizerJson,
      Map<String, HostTensor> weights)
      throws IOException {
    Files.createDirectories(directory);
    Path tokenizer = directory.resolve(Bundle.TOKENIZER);
    Path tensors = directory.resolve(Bundle.WEIGHTS);
    replace(tokenizer, tokenizerJson.getBytes(StandardCharsets.UTF_8));
    new SafetensorsWriter(type, Map.of("format", "pt")).write(weights, tensors);
    BundleManifest complete =
        manifest.withFiles(
            Map.of(Bundle.TOKENIZER, Sha256.of(tokenizer), Bundle.WEIGHTS, Sha256.of(tensors)));
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
