package dev.flamingo.standalone.bench;

import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.serving.AnswerRequest;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.model.serving.GeneratedAnswer;
import dev.flamingo.model.serving.VisualTokens;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;

/** One engine that describes a grey picture to several listeners at once. */
final class Speaking implements Callable<Double> {

  private static final int CHANNELS = 3;
  private static final double NANOS = 1e9;

  private final FlamingoEngine engine;
  private final List<AnswerRequest> requests;

  /**
   * Prepares to speak.
   *
   * @param batch answers at a time
   * @param tokens the longest answer
   */
  Speaking(FlamingoEngine engine, int batch, int tokens) {
    this.engine = engine;
    FlamingoConfig config = engine.bundle().architecture();
    float[] grey = new float[CHANNELS * config.imageSize() * config.imageSize()];
    VisualTokens window =
        engine.resampler().resample(List.of(engine.encoder().encode(List.of(grey)))).get(0);
    requests =
        Collections.nCopies(batch, AnswerRequest.of(engine.prompts().caption(), window, tokens));
  }

  /** Returns the same answers, prompts included, with a call of the engine for every token. */
  Task stepwise() {
    return () -> {
      var unused = engine.generator().generate(requests);
    };
  }

  /** Returns the same answers in one call, which the engine's options have to allow. */
  Task inOneCall() {
    return () -> {
      var unused = engine.wholeAnswers().generate(requests);
    };
  }

  /**
   * Returns the tokens a second of all answers together, each one's first token aside.
   *
   * @throws IllegalStateException if the model generates too few tokens to be timed
   */
  @Override
  public Double call() {
    long before = engine.counters().tokensDecoded();
    List<GeneratedAnswer> answers = engine.generator().generate(requests);
    long tokens = engine.counters().tokensDecoded() - before - answers.size();
    Duration last =
        answers.stream().map(GeneratedAnswer::total).max(Duration::compareTo).orElseThrow();
    long nanos = last.minus(answers.get(0).firstToken()).toNanos();
    if (tokens < 1 || nanos < 1) {
      throw new IllegalStateException(
          "model %s describes a grey picture in one token: name another --bundle"
              .formatted(engine.bundle().id()));
    }
    return tokens * NANOS / nanos;
  }
}
