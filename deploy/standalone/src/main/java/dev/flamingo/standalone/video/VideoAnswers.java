package dev.flamingo.standalone.video;

import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerKind;
import dev.flamingo.events.AnswerStatus;
import dev.flamingo.events.AnswerWindow;
import dev.flamingo.events.Finish;
import dev.flamingo.events.RedactedUri;
import dev.flamingo.events.Timings;
import dev.flamingo.ingest.video.FrameSource;
import dev.flamingo.ingest.video.FrameSourceOptions;
import dev.flamingo.ingest.video.FrameSources;
import dev.flamingo.ingest.video.SampledFrame;
import dev.flamingo.model.serving.AnswerRequest;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.model.serving.FrameFeatures;
import dev.flamingo.model.serving.GeneratedAnswer;
import dev.flamingo.model.serving.Prompt;
import dev.flamingo.model.serving.VisualTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers and captions for one video, without any server. Instants of a recording are times since
 * its start, those of a camera the times of capture.
 */
public final class VideoAnswers {

  private static final int CAPTION_TOKENS = 64;
  private static final String STREET = "street:";

  private final FlamingoEngine engine;
  private final String uri;
  private final InstantSource clock;
  private final FrameWindows windows;

  /**
   * A caption.
   *
   * @param live whether it is about a camera
   * @param answer the caption itself
   */
  public record Caption(boolean live, Answer answer) {}

  /**
   * Prepares to read a video.
   *
   * @param uri a file, or any other address that ingest reads
   * @param clock says how old a camera's window is
   * @param nanoTime nanoseconds since any moment
   */
  public VideoAnswers(
      FlamingoEngine engine, String uri, InstantSource clock, LongSupplier nanoTime) {
    this.engine = engine;
    this.uri = uri;
    this.clock = clock;
    windows = new FrameWindows(engine.bundle().architecture().windowFrames(), nanoTime);
  }

  /**
   * Answers a question about the frames that end at a moment. Ends in bounded time: a camera that
   * goes silent is an error.
   *
   * @param at time since a recording's start, or from now on a camera; null for a recording's end,
   *     or a camera's next whole window
   * @throws IOException if a picture cannot be read
   * @throws dev.flamingo.ingest.video.VideoException if the video cannot be read
   * @throws IllegalArgumentException if the question is too long
   */
  public Answer ask(String question, int maxTokens, @Nullable Duration at)
      throws IOException, InterruptedException {
    Prompt prompt = engine.prompts().question(question);
    FrameWindow window;
    try (FrameSource source = open()) {
      window =
          windows
              .endingAt(source, at)
              .orElseThrow(
                  () ->
                      new IOException(
                          "%s shows nothing: try another address".formatted(RedactedUri.of(uri))));
    }
    return answer("q-0", question, AnswerKind.ANSWER, window, prompt, maxTokens);
  }

  /**
   * Describes one window after another: a recording's as fast as possible, a camera's as they come,
   * until it hangs up.
   *
   * @throws IOException if a picture cannot be read
   * @throws dev.flamingo.ingest.video.VideoException if the video cannot be read
   */
  public void caption(Consumer<Caption> receiver) throws IOException, InterruptedException {
    Prompt prompt = engine.prompts().caption();
    try (FrameSource source = open()) {
      windows.each(
          source, window -> receiver.accept(new Caption(window.live(), caption(window, prompt))));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private Answer caption(FrameWindow window, Prompt prompt) {
    List<Instant> instants = window.instants();
    String id = "c-" + instants.get(instants.size() - 1).getEpochSecond();
    try {
      return answer(id, null, AnswerKind.CAPTION, window, prompt, CAPTION_TOKENS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FrameSource open() {
    // A street that is drawn as fast as possible, and a file that begins again, have no end.
    boolean street = uri.startsWith(STREET);
    String once = uri.startsWith("file:") ? uri.replaceFirst("\\?loop=true$", "") : uri;
    FrameSourceOptions options =
        FrameSourceOptions.defaults()
            .withSize(engine.bundle().architecture().imageSize())
            .withFast(!street);
    return new FrameSources().open(once, options);
  }

  private Answer answer(
      String id,
      @Nullable String question,
      AnswerKind kind,
      FrameWindow window,
      Prompt prompt,
      int maxTokens)
      throws IOException {
    List<Instant> instants = window.instants();
    Instant newest = instants.get(instants.size() - 1);
    long age = window.live() ? Math.max(0, clock.millis() - newest.toEpochMilli()) : 0;
    VisualTokens tokens = tokens(window);
    GeneratedAnswer generated =
        engine.generator().generate(List.of(AnswerRequest.of(prompt, tokens, maxTokens))).get(0);
    boolean stopped = generated.finish() == GeneratedAnswer.Finish.STOP;
    Answer answer =
        new Answer(
            id,
            question,
            RedactedUri.of(uri).text(),
            kind,
            AnswerStatus.COMPLETED,
            generated.text(),
            stopped ? Finish.STOP : Finish.LENGTH,
            null,
            new AnswerWindow(instants.get(0), newest, instants),
            generated.confidence(),
            engine.bundle().id(),
            new Timings(0, generated.firstToken().toMillis(), generated.total().toMillis(), age));
    return engine
        .familiarity()
        .score(tokens, question, List.of())
        .map(score -> answer.measured(score.familiar(), score.score()))
        .orElse(answer);
  }

  private VisualTokens tokens(FrameWindow window) throws IOException {
    List<float[]> pixels = new ArrayList<>();
    for (SampledFrame frame : window.frames()) {
      pixels.add(engine.preprocessor().fromJpeg(frame.jpeg()));
    }
    List<FrameFeatures> features = engine.encoder().encode(pixels);
    return engine.resampler().resample(List.of(features)).get(0);
  }
}
