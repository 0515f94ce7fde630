package dev.flamingo.model.bundle;

import dev.flamingo.model.checkpoint.HostTensor;
import dev.flamingo.model.checkpoint.SafetensorsWriter;
import dev.flamingo.model.checkpoint.StoredType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

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
