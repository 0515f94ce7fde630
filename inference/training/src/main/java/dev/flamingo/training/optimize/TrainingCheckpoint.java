package dev.flamingo.training.optimize;

import ai.djl.ndarray.NDArray;
import dev.flamingo.model.checkpoint.HostTensor;
import dev.flamingo.model.checkpoint.MapWeights;
import dev.flamingo.model.checkpoint.SafetensorsFile;
import dev.flamingo.model.checkpoint.SafetensorsWriter;
import dev.flamingo.model.checkpoint.StoredType;
import dev.flamingo.model.checkpoint.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The state of a training run in a folder: the parameters that every finished stage trained, and
 * those, moments and step of the running one. What is frozen is not stored: a Flamingo on a large
 * language model costs the disk its own layers only. Files appear whole or not at all, so that a
 * killed run goes on where it was stored last.
 */
public final class TrainingCheckpoint {

  private static final String MOMENTS = "optimizer.";

  private final Path folder;
  private final Duration every;
  private final InstantSource clock;
  private Instant stored;

  /**
   * Opens a run's folder.
   *
   * @param every how often the running stage is stored
   * @throws IOException if the folder cannot be made
   */
  public TrainingCheckpoint(Path folder, Duration every, InstantSource clock) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.every = every;
    this.clock = clock;
    stored = clock.instant();
  }

  /** Returns whether a stage was run to its end. */
  public boolean finished(String stage) {
    return Files.exists(finishedFile(stage));
  }

  /**
   * Takes the moments of a stage that was interrupted.
   *
   * @return the step to go on with; 0 for a stage that was not begun
   * @throws IOException if what is stored cannot be read
   */
  int resume(String stage, AdamW optimizer) throws IOException {
    if (!Files.exists(runningFile(stage))) {
      return 0;
    }
    try (SafetensorsFile file = SafetensorsFile.open(runningFile(stage))) {
      optimizer.restore(file.scope(MOMENTS));
      return Integer.parseInt(file.metadata().get("step"));
    }
  }

  /**
   * Returns the parameters that were stored last before or in one of the stages.
   *
   * @param stages the stages' names in their order
   * @throws IOException if what is stored cannot be read
   */
  public Weights latest(Iterable<String> stages) throws IOException {
    Map<String, HostTensor> parameters = new LinkedHashMap<>();
    for (String stage : stages) {
      Path file = finished(stage) ? finishedFile(stage) : runningFile(stage);
      if (Files.exists(file)) {
        try (SafetensorsFile weights = SafetensorsFile.open(file)) {
          for (String name : weights.names()) {
            if (!name.startsWith(MOMENTS)) {
              parameters.put(name, weights.tensor(name).floats());
            }
          }
        }
      }
    }
    return new MapWeights(parameters);
  }

  void storeIfDue(String stage, int step, Map<String, NDArray> trained, AdamW optimizer)
      throws IOException {
    if (clock.instant().isBefore(stored.plus(every))) {
      return;
    }
    Map<String, HostTensor> tensors = tensors(trained);
    Map<String, HostTensor> moments = new LinkedHashMap<>();
    optimizer.store(moments);
    moments.forEach((name, tensor) -> tensors.put(MOMENTS + name, tensor));
    new SafetensorsWriter(StoredType.F32, Map.of("step", Integer.toString(step)))
        .write(tensors, runningFile(stage));
    stored = clock.instant();
  }

  void finish(String stage, Map<String, NDArray> trained) throws IOException {
    new SafetensorsWriter(StoredType.F32, Map.of("stage", stage))
        .write(tensors(trained), finishedFile(stage));
    Files.deleteIfExists(runningFile(stage));
  }

  private static Map<String, HostTensor> tensors(Map<String, NDArray> trained) {
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    trained.forEach((name, weight) -> tensors.put(name, HostTensors.of(weight)));
    return tensors;
  }

  private Path runningFile(String stage) {
    return folder.resolve(stage + ".running.safetensors");
  }

  private Path finishedFile(String stage) {
    return folder.resolve(stage + ".safetensors");
  }
}
