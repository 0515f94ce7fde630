package dev.flamingo.model.serving;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.onnx.DerivedGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Graphs of large models for this machine's processor: their weights are laid out when they are
 * derived, so that a process maps them instead of copying them. That costs disk and time once;
 * small models are laid out whenever they are loaded.
 */
final class PackedGraphs {

  /** A model of fewer bytes of weights is loaded in less time than a file is worth. */
  static final long LEAST_BYTES = 1L << 30;

  private static final Logger LOG = LoggerFactory.getLogger(PackedGraphs.class);

  private final GraphExporter exporter;

  /**
   * Prepares to derive graphs for this machine.
   *
   * @throws IOException if its processor is not known
   */
  PackedGraphs() throws IOException {
    exporter = GraphExporter.packed(Processor.here().key(), new PackedWeights());
  }

  /**
   * Writes the graphs that a cache does not hold yet.
   *
   * @return the file of every graph, in their order
   * @throws IOException as {@link GraphExporter#derive}
   */
  Map<DerivedGraph, Path> derive(Bundle bundle, Path cache, List<DerivedGraph> graphs)
      throws IOException {
    Path folder = Files.createDirectories(exporter.folder(bundle, cache));
    Path encoder = folder.resolve(ServingGraph.FRAME_ENCODER.fileName());
    if (graphs.contains(ServingGraph.FRAME_ENCODER) && !Files.isRegularFile(encoder)) {
      LOG.info("laying out {} for this processor, minutes the first time", bundle.id());
      encoder(bundle, folder);
    }
    return exporter.derive(bundle, cache, graphs);
  }

  /** Kernels of convolutions are laid out by the whole graph's optimisation alone. */
  private void encoder(Bundle bundle, Path folder) throws IOException {
    Path work = Files.createTempDirectory(folder, ".encoder");
    try {
      List<ServingGraph> graph = List.of(ServingGraph.FRAME_ENCODER);
      Path plain = exporter.export(bundle, work.resolve("plain"), graph).values().iterator().next();
      Path laidOut = work.resolve(plain.getFileName());
      String weights = laidOut.getFileName().toString().replace(".onnx", ".bin");
      save(plain, laidOut, weights);
      replace(work.resolve(weights), folder.resolve(weights));
      replace(laidOut, folder.resolve(laidOut.getFileName()));
    } catch (OrtException e) {
      throw new IOException("onnx runtime does not lay out the encoder: " + e.getMessage(), e);
    } finally {
      delete(work);
    }
  }

  private static void save(Path plain, Path laidOut, String weights) throws OrtException {
    OnnxRuntimeStart.ensure();
    try (NativeCalls.Call call = OnnxRuntimeStart.call();
        OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      options.setOptimizedModelFilePath(laidOut.toString());
      options.addConfigEntry("session.optimized_model_external_initializers_file_name", weights);
      OrtEnvironment.getEnvironment().createSession(plain.toString(), options).close();
    }
  }

  private static void replace(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files.forEach(all::add);
    }
    for (int i = all.size() - 1; i >= 0; i--) {
      Files.deleteIfExists(all.get(i));
    }
  }
}
