package dev.flamingo.model.serving;

import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.bundle.FramePreprocessor;
import dev.flamingo.model.bundle.Tokenizer;
import dev.flamingo.model.familiarity.Familiarity;
import dev.flamingo.model.onnx.Quantization;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
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
  private final FamiliarityMeter familiarity;

  private FlamingoEngine(
      Bundle bundle,
      EngineOptions options,
      LongSupplier nanoTime,
      GraphEngine engine,
      Deque<AutoCloseable> resources)
      throws IOException {
    this.bundle = bundle;
    quantization = options.quantization();
    this.resources = resources;
    counters = new EngineCounters();
    preprocessor = bundle.framePreprocessor();
    FlamingoConfig config = bundle.architecture();
    Tokenizer tokenizer = bundle.tokenizer();
    resources.push(tokenizer);
    prompts = new PromptTemplate(tokenizer, config.language().context());
    SpeakableTokens speakable = new SpeakableTokens(tokenizer, config.language().vocabulary());
    LoadedGraphs graphs =
        LoadedGraphs.load(bundle, options, engine, speakable.answerTokens(), resources::push);
    encoder = new FrameEncoder(graphs.frameEncoder(), config, counters);
    Familiarity known = bundle.familiarity().orElse(null);
    familiarity = new FamiliarityMeter(known);
    resampler =
        new WindowResampler(
            graphs.resampler(), config, counters, known == null ? null : known.pictures());
    WindowKeysValues windows =
        new WindowKeysValues(
            graphs.visualKeysValues(), config, options.caches().windowBytes(), counters);
    LanguageModel language =
        new LanguageModel(
            graphs.decoder(),
            config,
            windows,
            new PromptPrefixes(options.caches().prefixBytes(), counters),
            counters);
    wholeAnswers = new WholeAnswers(language, graphs.answers(), tokenizer, speakable, nanoTime);
    GreedyChooser chooser = new GreedyChooser(speakable);
    generator =
        new AnswerGenerator(
            graphs.decoder() == null
                ? wholeAnswers::begin
                : () -> new ContinuousBatch(language, tokenizer, chooser, nanoTime));
    beamSearch = new BeamSearch(language, tokenizer, speakable, nanoTime);
    scorer = new CandidateScorer(language);
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
    options.device().require();
    return open(bundle, options, nanoTime, options.device().engine());
  }

  /** Opens one whose graphs run in another engine than its device's. */
  static FlamingoEngine open(
      Bundle bundle, EngineOptions options, LongSupplier nanoTime, GraphEngine engine)
      throws IOException {
    Deque<AutoCloseable> resources = new ArrayDeque<>();
    try {
      return new FlamingoEngine(bundle, options, nanoTime, engine, resources);
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

  /**
   * Returns the language model, saying what is most probable as a whole; where the engine makes
   * whole answers alone, it refuses.
   */
  public BeamSearch beamSearch() {
    return beamSearch;
  }

  /**
   * Returns the language model, choosing among given answers; where the engine makes whole answers
   * alone, it refuses.
   */
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

  /** Returns how like its training what is asked is. */
  public FamiliarityMeter familiarity() {
    return familiarity;
  }

  /** Returns what was done so far. */
  public EngineCounters counters() {
    return counters;
  }

  @Override
  public void close() {
    close(resources);
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
