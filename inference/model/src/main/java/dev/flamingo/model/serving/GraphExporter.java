package dev.flamingo.model.serving;

import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.checkpoint.SafetensorsFile;
import dev.flamingo.model.onnx.DerivedGraph;
import dev.flamingo.model.onnx.FlamingoGraphs;
import dev.flamingo.model.tensor.ParameterSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Derives ONNX graphs from bundles. Every file appears at once and complete, so that two processes
 * may derive the same graphs into one folder.
 */
public final class GraphExporter {

  /**
   * Writes the graphs that serving runs into a folder, over older ones.
   *
   * @return the file of every graph
   * @throws IOException if the weights cannot be read or do not fit the architecture, or a file
   *     cannot be written
   */
  public Map<ServingGraph, Path> export(Bundle bundle, Path directory) throws IOException {
    return export(bundle, directory, List.of(ServingGraph.values()));
  }

  /**
   * Writes graphs into a folder, over older ones.
   *
   * @return the file of every graph, in their order
   * @throws IOException as the other
   */
  public <G extends DerivedGraph> Map<G, Path> export(Bundle bundle, Path directory, List<G> graphs)
      throws IOException {
    Map<G, Path> files = files(directory, graphs);
    write(bundle, files);
    return files;
  }

  /**
   * Writes the graphs that serving runs and a cache does not hold yet, in a folder of their own
   * that changes with the weights, the tokenizer, the architecture and the exporter.
   *
   * @return the file of every graph
   * @throws IOException as {@link #export}
   */
  public Map<ServingGraph, Path> derive(Bundle bundle, Path cache) throws IOException {
    return derive(bundle, cache, List.of(ServingGraph.values()));
  }

  /**
   * Writes the graphs that a cache does not hold yet, beside the others of the same model.
   *
   * @return the file of every graph, in their order
   * @throws IOException as {@link #export}
   */
  public <G extends DerivedGraph> Map<G, Path> derive(Bundle bundle, Path cache, List<G> graphs)
      throws IOException {
    String version = Integer.toString(FlamingoGraphs.VERSION);
    Map<G, Path> files = files(cache.resolve(bundle.derivationKey(version)), graphs);
    Map<G, Path> missing = new LinkedHashMap<>(files);
    missing.values().removeIf(Files::isRegularFile);
    if (!missing.isEmpty()) {
      write(bundle, missing);
    }
    return files;
  }

  private static <G extends DerivedGraph> Map<G, Path> files(Path directory, List<G> graphs)
      throws IOException {
    Files.createDirectories(directory);
    Map<G, Path> files = new LinkedHashMap<>();
    for (G graph : graphs) {
      files.put(graph, directory.resolve(graph.fileName()));
    }
    return files;
  }

  private static void write(Bundle bundle, Map<? extends DerivedGraph, Path> files)
      throws IOException {
    try (SafetensorsFile weights = bundle.weights()) {
      FlamingoGraphs graphs =
          new FlamingoGraphs(bundle.architecture(), ParameterSource.of(weights));
      for (Map.Entry<? extends DerivedGraph, Path> file : files.entrySet()) {
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
