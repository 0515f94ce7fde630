package dev.flamingo.model.bundle;

import dev.flamingo.model.FlamingoConfig;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What {@code bundle.json} says.
 *
 * @param format version of the bundle's layout
 * @param name the model's name
 * @param architecture the layers and their sizes; also the side of a picture in pixels
 * @param preprocessing from pictures to numbers
 * @param specialTokens the tokens that are not text
 * @param provenance where the weights come from, free text by topic
 * @param suggestions questions that fit the model, to be offered to people
 * @param files the sha256 of every other file of the bundle, lower-case hex by file name
 */
public record BundleManifest(
    int format,
    String name,
    FlamingoConfig architecture,
    Preprocessing preprocessing,
    SpecialTokens specialTokens,
    Map<String, String> provenance,
    List<String> suggestions,
    Map<String, String> files) {

  /** The layout with all weights in one file. */
  public static final int FORMAT = 1;

  /** The layout with weights in several files and an index of them. */
  public static final int SHARDED = 2;

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  /**
   * Checks version and names.
   *
   * @throws IllegalArgumentException if this release cannot read it
   */
  public BundleManifest {
    if (format != FORMAT && format != SHARDED) {
      throw new IllegalArgumentException(
          "bundle format %d is neither %d nor %d: use the release that wrote it"
              .formatted(format, FORMAT, SHARDED));
    }
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "bundle name %s does not match %s".formatted(name, NAME.pattern()));
    }
    for (String file : files.keySet()) {
      if (!FILE.matcher(file).matches()) {
        throw new IllegalArgumentException(
            "bundle file %s is not a plain file name".formatted(file));
      }
    }
    provenance = Map.copyOf(provenance);
    suggestions = List.copyOf(suggestions);
    files = Map.copyOf(files);
  }

  /** Returns a manifest to hand to {@link BundleWriter}, which fills in the files. */
  public static BundleManifest of(
      String name,
      FlamingoConfig architecture,
      Preprocessing preprocessing,
      SpecialTokens specialTokens,
      Map<String, String> provenance) {
    return new BundleManifest(
        FORMAT, name, architecture, preprocessing, specialTokens, provenance, List.of(), Map.of());
  }

  /** Returns the provenance in the order of its topics. */
  @Override
  public Map<String, String> provenance() {
    return new TreeMap<>(provenance);
  }

  /** Returns the files in the order of their names. */
  @Override
  public Map<String, String> files() {
    return new TreeMap<>(files);
  }

  BundleManifest inFormat(int other) {
    return new BundleManifest(
        other, name, architecture, preprocessing, specialTokens, provenance, suggestions, files);
  }

  BundleManifest withFiles(Map<String, String> hashes) {
    return new BundleManifest(
        format, name, architecture, preprocessing, specialTokens, provenance, suggestions, hashes);
  }

  /** Returns the same with other suggestions. */
  public BundleManifest withSuggestions(List<String> questions) {
    return new BundleManifest(
        format, name, architecture, preprocessing, specialTokens, provenance, questions, files);
  }
}
