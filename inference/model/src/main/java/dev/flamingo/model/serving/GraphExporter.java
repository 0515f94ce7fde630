package dev.flamingo.model.serving;

import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.bundle.Sha256;
import dev.flamingo.model.checkpoint.StoredWeights;
import dev.flamingo.model.onnx.DerivedGraph;
import dev.flamingo.model.onnx.FlamingoGraphs;
import dev.flamingo.model.onnx.WeightFile;
import dev.flamingo.model.onnx.WeightLayout;
import dev.flamingo.model.tensor.ParameterSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Derives ONNX graphs from bundles. The graphs that are written at once share a file of weights
 * beside them. Every file appears at once and complete, so that two processes may derive the same
 * graphs into one folder.
 */
public final class GraphExporter {

  private static final String WEIGHTS = "weights";
  private static final int SHORT_HASH = 12;

  private final String kind;
  private final boolean selfContained;
  private final @Nullable WeightLayout layout;

  /** Makes an exporter whose graphs have their weights beside them. */
  public GraphExporter() {
    this("", /* selfContained= */ false, null);
  }

  private GraphExporter(String kind, boolean selfContained, @Nullable WeightLayout layout) {
    this.kind = kind;
    this.selfContained = selfContained;
    this.layout = layout;
  }

  /**
   * Returns an exporter that prepares weights for a processor.
   *
   * @param processor the kind that they are for
   */
  static GraphExporter packed(String processor, WeightLayout layout) {
    return new GraphExporter(" for " + processor, /* selfContained= */ false, layout);
  }

  /**
   * Returns an exporter whose graphs hold their weights themselves, for engines that read one file.
   */
  public static GraphExporter selfContained() {
    return new GraphExporter(" self-contained", /* selfContained= */ true, null);
  }

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
    write(bundle, files, directory.resolve(WEIGHTS + ".bin"));
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
    Path folder = folder(bundle, cache);
    Map<G, Path> files = files(folder, graphs);
    Map<G, Path> missing = new LinkedHashMap<>(files);
    missing.values().removeIf(Files::isRegularFile);
    if (!missing.isEmpty()) {
      write(bundle, missing, folder.resolve(weightsOf(missing.keySet())));
    }
    return files;
  }

  /** Returns the folder of a cache for a model's graphs. */
  Path folder(Bundle bundle, Path cache) {
    return cache.resolve(bundle.derivationKey(FlamingoGraphs.VERSION + kind));
  }

  /** The same graphs always have the same weights: whoever else derives them writes the same. */
  private static String weightsOf(Collection<? extends DerivedGraph> graphs) {
    String names =
        graphs.stream().map(DerivedGraph::fileName).sorted().collect(Collectors.joining(" "));
    String hash = Sha256.of(names.getBytes(StandardCharsets.UTF_8)).substring(0, SHORT_HASH);
    return "%s-%s.bin".formatted(WEIGHTS, hash);
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

  private void write(Bundle bundle, Map<? extends DerivedGraph, Path> files, Path beside)
      throws IOException {
    try (StoredWeights weights = bundle.weights()) {
      ParameterSource source = ParameterSource.of(weights);
      if (selfContained) {
        FlamingoGraphs graphs = new FlamingoGraphs(bundle.architecture(), source);
        for (Map.Entry<? extends DerivedGraph, Path> file : files.entrySet()) {
          replace(file.getValue(), part -> Files.write(part, file.getKey().write(graphs)));
        }
        return;
      }
      Map<Path, byte[]> written = new LinkedHashMap<>();
      replace(
          beside,
          part -> {
            try (WeightFile store = new WeightFile(part, beside.getFileName().toString(), layout)) {
              FlamingoGraphs graphs = new FlamingoGraphs(bundle.architecture(), source, store);
              files.forEach((graph, file) -> written.put(file, graph.write(graphs)));
            }
          });
      for (Map.Entry<Path, byte[]> file : written.entrySet()) {
        replace(file.getKey(), part -> Files.write(part, file.getValue()));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "the weights of %s do not fit its architecture: %s"
              .formatted(bundle.id(), e.getMessage()),
          e);
    }
  }

  private interface Writing {
    void to(Path part) throws IOException;
  }

  private static void replace(Path file, Writing content) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Path part = Files.createTempFile(directory, "." + file.getFileName(), ".part");
    try {
      content.to(part);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
