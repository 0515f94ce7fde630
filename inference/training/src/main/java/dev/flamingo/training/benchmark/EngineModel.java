package dev.flamingo.training.benchmark;

import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.bundle.Tokenizer;
import dev.flamingo.model.serving.AnswerRequest;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.model.serving.FrameFeatures;
import dev.flamingo.model.serving.GeneratedAnswer;
import dev.flamingo.model.serving.TokenListener;
import dev.flamingo.model.serving.VisualTokens;
import dev.flamingo.training.metric.WordTokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A bundle that answers through the path that serves: the most probable token, again and again.
 *
 * <p>Candidates are ranked by what the model says when it speaks for itself: by the words that a
 * candidate shares with it (the harmonic mean of both shares), times the answer's confidence. The
 * paper ranks by the likelihood of each candidate: figures of closed-ended benchmarks are not those
 * of the paper's protocol.
 */
public final class EngineModel implements BenchmarkModel, AutoCloseable {

  private static final int REMEMBERED = 256;

  private final FlamingoEngine engine;
  private final Tokenizer tokenizer;
  private final ShotPrompts prompts;
  private final MediumFrames frames;
  private final int answerTokens;
  private final WordTokenizer words = new WordTokenizer();

  /** Several questions are asked of one picture. */
  private final Map<Medium, VisualTokens> remembered =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Medium, VisualTokens> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * Makes a model of an engine, which stays the caller's.
   *
   * @param answerTokens the longest answer
   * @throws IOException if the bundle's tokenizer cannot be read
   */
  public EngineModel(FlamingoEngine engine, int answerTokens) throws IOException {
    this.engine = engine;
    this.answerTokens = answerTokens;
    FlamingoConfig architecture = engine.bundle().architecture();
    tokenizer = engine.bundle().tokenizer();
    prompts = new ShotPrompts(tokenizer, architecture.language().context() - answerTokens);
    frames = new MediumFrames(architecture.imageSize(), architecture.windowFrames());
  }

  @Override
  public String answer(Asked asked) throws UnaskedException, InterruptedException {
    return generate(asked).text();
  }

  @Override
  public List<Double> rank(Asked asked) throws UnaskedException, InterruptedException {
    GeneratedAnswer answer = generate(asked);
    List<String> said = words.tokens(answer.text());
    return asked.item().candidates().stream()
        .map(candidate -> answer.confidence() * shared(said, words.tokens(candidate.text())))
        .toList();
  }

  @Override
  public void close() {
    tokenizer.close();
  }

  private GeneratedAnswer generate(Asked asked) throws UnaskedException, InterruptedException {
    ShotPrompts.Fitted fitted = prompts.prompt(asked);
    List<VisualTokens> media = new ArrayList<>();
    if (asked.seen()) {
      for (BenchmarkItem shot : fitted.shots()) {
        media.add(see(shot.medium()));
      }
    }
    media.add(see(asked.item().medium()));
    AnswerRequest request =
        new AnswerRequest(fitted.prompt(), media, answerTokens, TokenListener.SILENT, () -> false);
    return engine.generator().generate(List.of(request)).get(0);
  }

  private VisualTokens see(Medium medium) throws UnaskedException, InterruptedException {
    VisualTokens known = remembered.get(medium);
    if (known != null) {
      return known;
    }
    List<float[]> pixels = new ArrayList<>();
    for (byte[] jpeg : frames.read(medium)) {
      try {
        pixels.add(engine.preprocessor().fromJpeg(jpeg));
      } catch (IOException e) {
        throw new UnaskedException(
            "%s cannot be read: %s".formatted(medium.file(), e.getMessage()), e);
      }
    }
    List<FrameFeatures> features = engine.encoder().encode(pixels);
    VisualTokens tokens = engine.resampler().resample(List.of(features)).get(0);
    remembered.put(medium, tokens);
    return tokens;
  }

  private static double shared(List<String> said, List<String> candidate) {
    List<String> rest = new ArrayList<>(candidate);
    long both = said.stream().filter(rest::remove).count();
    return said.isEmpty() || candidate.isEmpty()
        ? 0
        : 2.0 * both / (said.size() + candidate.size());
  }
}
