package dev.flamingo.model.serving;

import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.bundle.Tokenizer;
import dev.flamingo.model.onnx.AnswerTokens;
import dev.flamingo.model.onnx.DerivedGraph;
import dev.flamingo.model.onnx.FixedGraphs;
import dev.flamingo.model.onnx.FlamingoGraphs;
import dev.flamingo.model.onnx.TensorRtOperators;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** Writes a model's graphs in the form for TensorRT 8.6, each held against what it takes. */
public final class TensorRtExporter {

  private final TensorRtLimits limits = new TensorRtLimits(new TensorRtOperators());

  /**
   * Writes all of {@link FixedGraphs} into a folder, over older ones.
   *
   * @return their files
   * @throws IOException as {@link GraphExporter#export}
   * @throws IllegalStateException if TensorRT would not take a graph
   */
  public Collection<Path> export(Bundle bundle, Path directory) throws IOException {
    FlamingoConfig config = bundle.architecture();
    AnswerTokens said;
    try (Tokenizer tokenizer = bundle.tokenizer()) {
      said = new SpeakableTokens(tokenizer, config.language().vocabulary()).answerTokens();
    }
    List<Checked> graphs =
        FixedGraphs.of(config, said).all().stream()
            .map(graph -> new Checked(new FoldedGraph(graph), limits))
            .toList();
    return GraphExporter.selfContained().export(bundle, directory, graphs).values();
  }

  /** A graph that is not written unless it is within the limits. */
  private record Checked(FoldedGraph graph, TensorRtLimits limits) implements DerivedGraph {

    @Override
    public String fileName() {
      return graph.fileName();
    }

    @Override
    public byte[] write(FlamingoGraphs graphs) {
      byte[] onnx = graph.write(graphs);
      List<String> complaints = limits.complaints(onnx);
      if (!complaints.isEmpty()) {
        throw new IllegalStateException(
            "tensorrt does not take %s: %s".formatted(fileName(), complaints.get(0)));
      }
      return onnx;
    }
  }
}
