package dev.flamingo.standalone;

import dev.flamingo.settings.Setting;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The model, where its files are on this machine, and what it runs on.
 *
 * @param bundle the model
 * @param cache files that can be made again
 * @param graphCache derived graphs; empty for a folder in the cache
 * @param threads threads of one operation of the model in services; 0 for one a processor
 * @param engine as {@link EngineChoice}
 * @param device as {@link EngineChoice}
 * @param quantize as {@link EngineChoice}
 */
public record Installation(
    @Setting("folder of the model; the usual one ships with the project") Path bundle,
    @Setting("folder of files that can be made again") Path cache,
    @Setting("folder of derived graphs; else `graphs` in `cache`") Optional<Path> graphCache,
    @Setting("threads of one operation of the model in a service; 0 for one a processor")
        int threads,
    @Setting(
            "what models run on: onnxruntime, tensorrt, or auto, which takes a GPU where there is"
                + " one")
        String engine,
    @Setting("what ONNX Runtime computes on: cpu, cuda or tensorrt; else as `engine` chooses")
        Optional<String> device,
    @Setting(
            "how the language model's weights are kept: auto, none, int8, blocks8 or blocks4; auto"
                + " is blocks8 on the cpu, else none")
        Optional<String> quantize) {

  /** Checks the choice of an engine. */
  public Installation {
    EngineChoice unused = new EngineChoice(engine, device, quantize);
    if (threads < 0) {
      throw new IllegalArgumentException("%d threads are below 0".formatted(threads));
    }
  }

  /**
   * Returns the usual one: the street model on the CPU.
   *
   * @param home the project's folder
   * @param user the home folder of the user
   */
  public static Installation usual(Path home, Path user) {
    return new Installation(
        home.resolve("inference/model/bundles/street"),
        user.resolve(".cache/flamingo-live"),
        Optional.empty(),
        0,
        EngineChoice.USUAL,
        Optional.empty(),
        Optional.empty());
  }

  /** Returns the folder for derived graphs. */
  public Path graphs() {
    return graphCache.orElse(cache.resolve("graphs"));
  }

  /** Returns what models run on. */
  public EngineChoice choice() {
    return new EngineChoice(engine, device, quantize);
  }
}
