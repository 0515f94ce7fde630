package dev.flamingo.standalone;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where things are on this machine.
 *
 * @param bundle the model that ships with the project
 * @param cache files that can be made again
 * @param engine what models run on
 */
public record Installation(Path bundle, Path cache, EngineChoice engine) {

  /**
   * Finds things by the environment.
   *
   * @param home the project's folder, set by the launcher
   * @param environment {@code FLAMINGO_BUNDLE} and {@code FLAMINGO_CACHE} take precedence, and
   *     {@link EngineChoice} reads it
   */
  public static Installation of(Path home, Map<String, String> environment) {
    Path bundle = home.resolve("inference/model/bundles/street");
    Path cache = Path.of(System.getProperty("user.home"), ".cache", "flamingo-live");
    return new Installation(
        Path.of(environment.getOrDefault("FLAMINGO_BUNDLE", bundle.toString())),
        Path.of(environment.getOrDefault("FLAMINGO_CACHE", cache.toString())),
        EngineChoice.of(environment));
  }

  /** Returns the folder for derived graphs. */
  public Path graphs() {
    return cache.resolve("graphs");
  }
}
