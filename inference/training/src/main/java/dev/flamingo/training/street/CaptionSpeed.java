package dev.flamingo.training.street;

import dev.flamingo.model.serving.AnswerRequest;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.model.serving.GeneratedAnswer;
import dev.flamingo.model.serving.VisualTokens;
import java.time.Duration;
import java.util.List;

/** Counts the tokens of an engine's captions, one caption at a time. */
final class CaptionSpeed {

  private static final int CAPTION_TOKENS = 64;
  private static final double SECOND = Duration.ofSeconds(1).toNanos();

  private final FlamingoEngine engine;
  private long tokens;
  private long nanos;

  CaptionSpeed(FlamingoEngine engine) {
    this.engine = engine;
  }

  /** Generates a caption that counts, after one that does not: the window is not new then. */
  void caption(VisualTokens window) {
    AnswerRequest request = AnswerRequest.of(engine.prompts().caption(), window, CAPTION_TOKENS);
    engine.generator().generate(List.of(request));
    GeneratedAnswer caption = engine.generator().generate(List.of(request)).get(0);
    tokens += caption.generatedTokens();
    nanos += caption.total().toNanos();
  }

  /** Returns tokens in a second so far; 0 without any caption. */
  double tokensPerSecond() {
    return nanos == 0 ? 0 : tokens * SECOND / nanos;
  }
}
