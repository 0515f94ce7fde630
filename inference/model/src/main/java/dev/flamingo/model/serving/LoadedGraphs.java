package dev.flamingo.model.serving;

import ai.djl.ndarray.types.Shape;
import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.onnx.AnswerShape;
import dev.flamingo.model.onnx.AnswerTokens;
import dev.flamingo.model.onnx.DerivedGraph;
import dev.flamingo.model.onnx.FixedGraphs;
import dev.flamingo.model.onnx.StaticGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A model's graphs in an engine.
 *
 * @param frameEncoder pictures to features
 * @param resampler windows of features to visual tokens
 * @param visualKeysValues visual tokens to keys and values
 * @param decoder a step of the language model; null where there are whole answers alone
 * @param answers whole answers by what they hold
 */
record LoadedGraphs(
    GraphSession frameEncoder,
    GraphSession resampler,
    GraphSession visualKeysValues,
    @Nullable GraphSession decoder,
    Map<AnswerShape, GraphSession> answers) {

  /**
   * Derives a model's graphs and loads them.
   *
   * @param said what the model may say
   * @param owner takes each graph as soon as it is loaded, and closes it
   * @throws IOException if weights and architecture do not fit, or a file cannot be read or written
   */
  static LoadedGraphs load(
      Bundle bundle,
      EngineOptions options,
      GraphEngine engine,
      AnswerTokens said,
      Consumer<AutoCloseable> owner)
      throws IOException {
    Loading loading = new Loading(bundle, options, engine.loader(options), owner);
    return engine.fixed() ? loading.fixed(said) : loading.dynamic(said);
  }

  private record Loading(
      Bundle bundle, EngineOptions options, GraphLoader loader, Consumer<AutoCloseable> owner) {

    LoadedGraphs dynamic(AnswerTokens said) throws IOException {
      Map<AnswerShape, DerivedGraph> whole = new LinkedHashMap<>();
      for (AnswerShape shape : options.wholeAnswers()) {
        shape.checkContext(bundle.architecture().language().context());
        StaticGraph graph = StaticGraph.answers(shape, said);
        whole.put(shape, new FoldedGraph(options.quantization().of(graph)));
      }
      List<DerivedGraph> all = new ArrayList<>(ServingGraph.all(options.quantization()));
      all.addAll(whole.values());
      // All at once: they share their weights.
      boolean packed = options.device() == Device.CPU && options.packs(bundle.weightBytes());
      Map<DerivedGraph, Path> files =
          packed
              ? new PackedGraphs().derive(bundle, options.graphCache(), all)
              : new GraphExporter().derive(bundle, options.graphCache(), all);
      Map<AnswerShape, GraphSession> answers = new LinkedHashMap<>();
      for (Map.Entry<AnswerShape, DerivedGraph> graph : whole.entrySet()) {
        answers.put(graph.getKey(), session(files, graph.getValue()));
      }
      return new LoadedGraphs(
          session(files, ServingGraph.FRAME_ENCODER.with(options.quantization())),
          packed ? mapped(files, ServingGraph.RESAMPLER) : session(files, ServingGraph.RESAMPLER),
          packed
              ? mapped(files, ServingGraph.VISUAL_KEYS_VALUES)
              : session(files, ServingGraph.VISUAL_KEYS_VALUES),
          session(files, ServingGraph.DECODER.with(options.quantization())),
          answers);
    }

    LoadedGraphs fixed(AnswerTokens said) throws IOException {
      FixedGraphs graphs = FixedGraphs.of(bundle.architecture(), said);
      Map<AnswerShape, GraphSession> answers = new LinkedHashMap<>();
      for (Map.Entry<AnswerShape, StaticGraph> graph : graphs.answers().entrySet()) {
        answers.put(graph.getKey(), owned(loader.load(file(new FoldedGraph(graph.getValue())))));
      }
      return new LoadedGraphs(
          shapes(graphs.frameEncoders()),
          shapes(graphs.resamplers()),
          shapes(graphs.visualKeysValues()),
          null,
          answers);
    }

    private GraphSession session(Map<DerivedGraph, Path> files, DerivedGraph graph)
        throws IOException {
      return owned(loader.load(Objects.requireNonNull(files.get(graph))));
    }

    private GraphSession mapped(Map<DerivedGraph, Path> files, DerivedGraph graph)
        throws IOException {
      return owned(loader.loadMapped(Objects.requireNonNull(files.get(graph))));
    }

    private GraphSession shapes(Map<List<Long>, StaticGraph> graphs) throws IOException {
      Map<Shape, Path> files = new LinkedHashMap<>();
      for (Map.Entry<List<Long>, StaticGraph> graph : graphs.entrySet()) {
        files.put(new Shape(graph.getKey()), file(new FoldedGraph(graph.getValue())));
      }
      return owned(FixedShapes.load(files, loader));
    }

    private Path file(DerivedGraph graph) throws IOException {
      return GraphExporter.selfContained()
          .derive(bundle, options.graphCache(), List.of(graph))
          .values()
          .iterator()
          .next();
    }

    private GraphSession owned(GraphSession session) {
      owner.accept(session);
      return session;
    }
  }
}
