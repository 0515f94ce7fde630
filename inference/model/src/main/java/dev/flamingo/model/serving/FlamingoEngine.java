package dev.flamingo.model.serving;

import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.bundle.FramePreprocessor;
import dev.flamingo.model.bundle.Tokenizer;
import dev.flamingo.model.onnx.AnswerShape;
import dev.flamingo.model.onnx.AnswerTokens;
import dev.flamingo.model.onnx.DerivedGraph;
import dev.flamingo.model.onnx.Quantization;
import dev.flamingo.model.onnx.StaticGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A bundle that runs: everything from a picture to an answer. Its parts are safe for use by several
 * threads and end with it; it is closed when no call is under way.
 */
public final class FlamingoEngine implements AutoCloseable {

  private final Bundle bundle;
  private final Quantization quantization;
  private final Deque<AutoCloseable> resources;
  private final EngineCounters counters;
  private final FramePreprocessor preprocessor;
  private final FrameEncoder encoder;
  private final WindowResampler resampler;
  private final AnswerGenerator generator;
  private final BeamSearch beamSearch;
  private final CandidateScorer scorer;
  private final WholeAnswers wholeAnswers;
  private final PromptTemplate prompts;

  private FlamingoEngine(
      Bundle bundle,
      Map<DerivedGraph, Path> graphs,
      EngineOptions options,
      LongSupplier nanoTime,
      Deque<AutoCloseable> resources)
      throws IOException {
    this.bundle = bundle;
    quantization = options.quantization();
    this.resources = resources;
    counters = new EngineCounters();
    preprocessor = bundle.framePreprocessor();
    Tokenizer tokenizer = own(bundle.tokenizer());
    prompts = new PromptTemplate(tokenizer, bundle.architecture().language().context());
    encoder =
        new FrameEncoder(
            load(ServingGraph.FRAME_ENCODER, graphs, options), bundle.architecture(), counters);
    resampler =
        new WindowResampler(
            load(ServingGraph.RESAMPLER, graphs, options), bundle.architecture(), counters);
    WindowKeysValues windows =
        new WindowKeysValues(
            load(ServingGraph.VISUAL_KEYS_VALUES, graphs, options),
            bundle.architecture(),
            options.caches().windowBytes(),
            counters);
    LanguageModel language =
        new LanguageModel(
            load(ServingGraph.DECODER, graphs, options),
            bundle.architecture(),
            windows,
            new PromptPrefixes(options.caches().prefixBytes(), counters),
            counters);
    SpeakableTokens speakable = new SpeakableTokens(tokenizer, language.config().vocabulary());
    generator = new AnswerGenerator(language, tokenizer, speakable, nanoTime);
    beamSearch = new BeamSearch(language, tokenizer, speakable, nanoTime);
    scorer = new CandidateScorer(language);
    Map<AnswerShape, GraphSession> whole = loadWhole(options, speakable.answerTokens());
    wholeAnswers = new WholeAnswers(language, whole, tokenizer, speakable, nanoTime);
  }

  private Map<AnswerShape, GraphSession> loadWhole(EngineOptions options, AnswerTokens said)
      throws IOException {
    Map<AnswerShape, GraphSession> whole = new LinkedHashMap<>();
    for (AnswerShape shape : options.wholeAnswers()) {
      shape.checkContext(bundle.architecture().language().context());
      DerivedGraph answers = options.quantization().of(StaticGraph.answers(shape, said));
      List<FoldedGraph> graph = List.of(new FoldedGraph(answers));
      Map<FoldedGraph, Path> files =
          new GraphExporter().derive(bundle, options.graphCache(), graph);
      for (Path file : files.values()) {
        whole.put(shape, own(GraphSession.load(file, options)));
      }
    }
    return whole;
  }

  /**
   * Opens an engine; the first time its graphs are derived into the cache.
   *
   * @throws IOException if weights and architecture do not fit, or a file cannot be read or written
   */
  public static FlamingoEngine open(Bundle bundle, EngineOptions options) throws IOException {
    return open(bundle, options, System::nanoTime);
  }

  /**
   * Opens an engine that measures answers by another clock.
   *
   * @param nanoTime nanoseconds since any moment
   * @throws IOException as the other
   */
  public static FlamingoEngine open(Bundle bundle, EngineOptions options, LongSupplier nanoTime)
      throws IOException {
    Map<DerivedGraph, Path> graphs =
        new GraphExporter()
            .derive(bundle, options.graphCache(), ServingGraph.all(options.quantization()));
    Deque<AutoCloseable> resources = new ArrayDeque<>();
    try {
      return new FlamingoEngine(bundle, graphs, options, nanoTime, resources);
    } catch (IOException | RuntimeException e) {
      close(resources);
      throw e;
    }
  }

  /** Returns the model that runs. */
  public Bundle bundle() {
    return bundle;
  }

  /** Returns how the language model keeps its weights. */
  public Quantization quantization() {
    return quantization;
  }

  /** Returns the way from pictures to the encoder's input. */
  public FramePreprocessor preprocessor() {
    return preprocessor;
  }

  /** Returns the vision encoder. */
  public FrameEncoder encoder() {
    return encoder;
  }

  /** Returns the resampler. */
  public WindowResampler resampler() {
    return resampler;
  }

  /** Returns the language model, saying the most probable word each time. */
  public AnswerGenerator generator() {
    return generator;
  }

  /** Returns the language model, saying what is most probable as a whole. */
  public BeamSearch beamSearch() {
    return beamSearch;
  }

  /** Returns the language model, choosing among given answers. */
  public CandidateScorer scorer() {
    return scorer;
  }

  /** Returns the language model, one call for a whole answer, in the shapes of its options. */
  public WholeAnswers wholeAnswers() {
    return wholeAnswers;
  }

  /** Returns the texts to ask with. */
  public PromptTemplate prompts() {
    return prompts;
  }

  /** Returns what was done so far. */
  public EngineCounters counters() {
    return counters;
  }

  @Override
  public void close() {
    close(resources);
  }

  private GraphSession load(
      ServingGraph graph, Map<DerivedGraph, Path> files, EngineOptions options) throws IOException {
    Path file = files.get(graph.with(options.quantization()));
    if (file == null) {
      throw new IOException("graph %s was not derived".formatted(graph.fileName()));
    }
    return own(GraphSession.load(file, options));
  }

  private <T extends AutoCloseable> T own(T resource) {
    resources.push(resource);
    return resource;
  }

  private static void close(Deque<AutoCloseable> resources) {
    while (!resources.isEmpty()) {
      try {
        resources.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("a part of the engine cannot be closed", e);
      }
    }
  }
}
