package dev.flamingo.standalone.video;

import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerKind;
import dev.flamingo.events.AnswerStatus;
import dev.flamingo.events.AnswerWindow;
import dev.flamingo.events.Finish;
import dev.flamingo.events.RedactedUri;
import dev.flamingo.events.Timings;
import dev.flamingo.model.serving.AnswerRequest;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.model.serving.GeneratedAnswer;
import dev.flamingo.model.serving.Prompt;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Answers and captions for a video file. Instants in them are times since the video's start. */
public final class VideoAnswers {

  private static final int CAPTION_TOKENS = 64;

  private final FlamingoEngine engine;
  private final String uri;

  /**
   * Prepares to read a video.
   *
   * @param uri a file, or any other address that ingest reads
   */
  public VideoAnswers(FlamingoEngine engine, String uri) {
    this.engine = engine;
    this.uri = uri;
  }

  /**
   * Answers a question about the frames that end at a moment.
   *
   * @param at time since the video's start; null for its end
   * @throws IOException if the video cannot be read or has no such moment
   * @throws IllegalArgumentException if the question is too long
   */
  public Answer ask(String question, int maxTokens, @Nullable Duration at)
      throws IOException, InterruptedException {
    Prompt prompt = engine.prompts().question(question);
    FileWindow window = new VideoFile(engine, uri).windowAt(at);
    return answer("q-0", question, AnswerKind.ANSWER, window, prompt, maxTokens);
  }

  /**
   * Describes one window after another.
   *
   * @throws IOException if the video cannot be read
   */
  public void caption(Consumer<Answer> receiver) throws IOException, InterruptedException {
    Prompt prompt = engine.prompts().caption();
    new VideoFile(engine, uri)
        .windows(
            window ->
                receiver.accept(
                    answer(
                        "c-" + window.to().getEpochSecond(),
                        null,
                        AnswerKind.CAPTION,
                        window,
                        prompt,
                        CAPTION_TOKENS)));
  }

  private Answer answer(
      String id,
      @Nullable String question,
      AnswerKind kind,
      FileWindow window,
      Prompt prompt,
      int maxTokens) {
    GeneratedAnswer generated =
        engine
            .generator()
            .generate(List.of(AnswerRequest.of(prompt, window.tokens(), maxTokens)))
            .get(0);
    boolean stopped = generated.finish() == GeneratedAnswer.Finish.STOP;
    return new Answer(
        id,
        question,
        RedactedUri.of(uri).text(),
        kind,
        AnswerStatus.COMPLETED,
        generated.text(),
        stopped ? Finish.STOP : Finish.LENGTH,
        null,
        new AnswerWindow(window.from(), window.to(), window.frames()),
        generated.confidence(),
        engine.bundle().id(),
        new Timings(0, generated.firstToken().toMillis(), generated.total().toMillis(), 0));
  }
}
