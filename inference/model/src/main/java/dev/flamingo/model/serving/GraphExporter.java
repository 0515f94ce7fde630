package dev.flamingo.model.serving;

import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.checkpoint.SafetensorsFile;
import dev.flamingo.model.onnx.FlamingoGraphs;
import dev.flamingo.model.tensor.ParameterSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.Map;

/**
 * Derives ONNX graphs from bundles. Every file appears at once and complete, so that two processes
 * may derive the same graphs into one folder.
 */
public final class GraphExporter {

  /**
   * Writes all graphs into a folder, over older ones.
   *
   * @return the file of every graph
   * @throws IOException if the weights cannot be read or do not fit the architecture, or a file
   *     cannot be written
   */
  public Map<ServingGraph, Path> export(Bundle bundle, Path directory) throws IOException {
    Map<ServingGraph, Path> files = files(directory);
    write(bundle, files);
    return files;
  }

  /**
   * Writes the graphs that a cache does not hold yet, in a folder of their own that changes with
   * the weights, the architecture and the exporter.
   *
   * @return the file of every graph
   * @throws IOException as {@link #export}
   */
  public Map<ServingGraph, Path> derive(Bundle bundle, Path cache) throws IOException {
    String version = Integer.toString(FlamingoGraphs.VERSION);
    Map<ServingGraph, Path> files = files(cache.resolve(bundle.derivationKey(version)));
    Map<ServingGraph, Path> missing = new EnumMap<>(files);
    missing.values().removeIf(Files::isRegularFile);
    if (!missing.isEmpty()) {
      write(bundle, missing);
    }
    return files;
  }

  private static Map<ServingGraph, Path> files(Path directory) throws IOException {
    Files.createDirectories(directory);
    Map<ServingGraph, Path> files = new EnumMap<>(ServingGraph.class);
    for (ServingGraph graph : ServingGraph.values()) {
      files.put(graph, directory.resolve(graph.fileName()));
    }
    return files;
  }

  private static void write(Bundle bundle, Map<ServingGraph, Path> files) throws IOException {
    try (SafetensorsFile weights = bundle.weights()) {
      FlamingoGraphs graphs =
          new FlamingoGraphs(bundle.architecture(), ParameterSource.of(weights));
      for (Map.Entry<ServingGraph, Path> file : files.entrySet()) {
        write(file.getValue(), file.getKey().write(graphs));
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "the weights of %s do not fit its architecture: %s"
              .formatted(bundle.id(), e.getMessage()),
          e);
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Path part = Files.createTempFile(directory, "." + file.getFileName(), ".part");
    try {
      Files.write(part, content);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
