package dev.flamingo.standalone;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where things are on this machine.
 *
 * @param bundle the model that ships with the project
 * @param cache files that can be made again
 */
public record Installation(Path bundle, Path cache) {

  /**
   * Finds things by the environment.
   *
   * @param home the project's folder, set by the launcher
   * @param environment {@code FLAMINGO_BUNDLE} and {@code FLAMINGO_CACHE} take precedence
   */
  public static Installation of(Path home, Map<String, String> environment) {
    Path bundle = home.resolve("inference/model/bundles/street");
    Path cache = Path.of(System.getProperty("user.home"), ".cache", "flamingo-live");
    return new Installation(
        Path.of(environment.getOrDefault("FLAMINGO_BUNDLE", bundle.toString())),
        Path.of(environment.getOrDefault("FLAMINGO_CACHE", cache.toString())));
  }

  /** Returns the folder for derived graphs. */
  public Path graphs() {
    return cache.resolve("graphs");
  }
}
