package dev.flamingo.model.nn;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flamingo.model.checkpoint.HostTensor;
import dev.flamingo.model.checkpoint.SafetensorsFile;
import dev.flamingo.model.checkpoint.Weights;
import dev.flamingo.model.eager.EagerParameters;
import dev.flamingo.model.eager.EagerTensor;
import dev.flamingo.model.tensor.ParameterSource;
import dev.flamingo.model.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Random weights with inputs and the activations that a reference implementation computed from
 * them.
 */
final class Fixture implements AutoCloseable {

  private final NDManager manager = NDManager.newBaseManager(null, "PyTorch");
  private final SafetensorsFile weights;
  private final @Nullable SafetensorsFile activations;
  private final JsonNode config;

  private Fixture(Path weights) throws IOException {
    this.weights = SafetensorsFile.open(weights);
    Path json = sibling(weights, ".json");
    config =
        new ObjectMapper()
            .readTree((Files.exists(json) ? json : sibling(weights, "_config.json")).toFile());
    Path io = sibling(weights, "_io.safetensors");
    activations = Files.exists(io) ? SafetensorsFile.open(io) : null;
  }

  private static Path sibling(Path weights, String ending) {
    return weights.resolveSibling(weights.getFileName().toString().replace(".safetensors", ending));
  }

  static Fixture open(Path weights) throws IOException {
    return new Fixture(weights);
  }

  /**
   * Returns the fixture of that name that lies here, and those in the folder given by
   * flamingo.fixtures.
   */
  static Stream<Path> named(String name) throws IOException {
    Path own = Path.of("src/test/resources/fixtures", name);
    @Nullable String folder = System.getProperty("flamingo.fixtures");
    if (folder == null) {
      return Stream.of(own);
    }
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      return Stream.concat(
          Stream.of(own), files.filter(file -> file.endsWith(name)).sorted().toList().stream());
    }
  }

  JsonNode config() {
    return config;
  }

  EagerParameters parameters() {
    return new EagerParameters(manager, ParameterSource.of(weights));
  }

  Weights weights() {
    return weights;
  }

  /** Returns an input or an activation. */
  HostTensor host(String name) {
    return (activations == null ? weights : activations).tensor(name).floats();
  }

  Tensor tensor(String name) {
    HostTensor tensor = host(name);
    return tensor(tensor.values(), tensor.shape());
  }

  Tensor integers(long[] values, long... shape) {
    return new EagerTensor(manager.create(values, new Shape(shape)));
  }

  Tensor tensor(float[] values, long... shape) {
    return new EagerTensor(manager.create(values, new Shape(shape)));
  }

  static float[] values(Tensor tensor) {
    return ((EagerTensor) tensor).array().toFloatArray();
  }

  @Override
  public void close() throws IOException {
    weights.close();
    if (activations != null) {
      activations.close();
    }
    manager.close();
  }
}
