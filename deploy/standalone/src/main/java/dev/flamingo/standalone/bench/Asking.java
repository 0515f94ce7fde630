package dev.flamingo.standalone.bench;

import dev.flamingo.model.serving.AnswerRequest;
import dev.flamingo.model.serving.EngineCounters;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.model.serving.FrameFeatures;
import dev.flamingo.model.serving.GeneratedAnswer;
import dev.flamingo.model.serving.VisualTokens;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Asks questions of windows of the street in batches as the stream job makes them, with cached
 * windows or with encoding every question's frames again. Used from one thread.
 */
final class Asking {

  /** The stream job's batch of questions. */
  private static final int BATCH = 16;

  private static final int MAX_TOKENS = 32;
  private static final double MILLI = 1e-6;
  private static final double NANOS = 1e9;
  private static final List<String> QUESTIONS =
      List.of(
          "what color is the bus?",
          "is it raining?",
          "is the light red or green?",
          "how many people are there?",
          "is there a dog?");

  private final FlamingoEngine engine;
  private final LongSupplier nanoTime;
  private final List<List<float[]>> pixels = new ArrayList<>();
  private final List<VisualTokens> cached = new ArrayList<>();

  /**
   * Draws and encodes windows that follow one another by a second.
   *
   * @param nanoTime nanoseconds since any moment
   * @throws IOException if a frame cannot be read
   */
  Asking(FlamingoEngine engine, int windows, LongSupplier nanoTime)
      throws IOException, InterruptedException {
    this.engine = engine;
    this.nanoTime = nanoTime;
    int length = engine.bundle().architecture().windowFrames();
    int size = engine.bundle().architecture().imageSize();
    List<float[]> frames = new ArrayList<>();
    for (byte[] jpeg : StreetFrames.jpegs(windows + length - 1, size)) {
      frames.add(engine.preprocessor().fromJpeg(jpeg));
    }
    for (int first = 0; first < windows; first++) {
      pixels.add(frames.subList(first, first + length));
      cached.addAll(resample(List.of(pixels.get(first))));
    }
  }

  /**
   * Asks, and takes the time.
   *
   * @param questions how many, at once
   * @param windows of how many windows, in turns
   * @param again whether every question's frames are encoded and resampled for it
   */
  AskSample ask(int questions, int windows, boolean again) {
    EngineCounters counters = engine.counters();
    long encodes = counters.framesEncoded();
    long resamples = counters.windowsResampled();
    long builds = counters.keysValuesBuilt();
    long start = nanoTime.getAsLong();
    double firstTokens = 0;
    double answers = 0;
    for (int from = 0; from < questions; from += BATCH) {
      List<Integer> batch = new ArrayList<>();
      for (int i = from; i < Math.min(questions, from + BATCH); i++) {
        batch.add(i);
      }
      List<AnswerRequest> requests = requests(batch, windows, again);
      long waited = nanoTime.getAsLong() - start;
      for (GeneratedAnswer answer : engine.generator().generate(requests)) {
        firstTokens += (waited + answer.firstToken().toNanos()) * MILLI;
        answers += (waited + answer.total().toNanos()) * MILLI;
      }
    }
    double seconds = (nanoTime.getAsLong() - start) / NANOS;
    return new AskSample(
        firstTokens / questions,
        answers / questions,
        seconds,
        counters.framesEncoded() - encodes,
        counters.windowsResampled() - resamples,
        counters.keysValuesBuilt() - builds);
  }

  private List<AnswerRequest> requests(List<Integer> batch, int windows, boolean again) {
    List<VisualTokens> seen =
        again
            ? resample(batch.stream().map(i -> pixels.get(i % windows)).toList())
            : batch.stream().map(i -> cached.get(i % windows)).toList();
    List<AnswerRequest> requests = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      String question = QUESTIONS.get(batch.get(i) % QUESTIONS.size());
      requests.add(AnswerRequest.of(engine.prompts().question(question), seen.get(i), MAX_TOKENS));
    }
    return requests;
  }

  private List<VisualTokens> resample(List<List<float[]>> windows) {
    List<float[]> all = windows.stream().flatMap(List::stream).toList();
    List<FrameFeatures> features = engine.encoder().encode(all);
    List<List<FrameFeatures>> parts = new ArrayList<>();
    int at = 0;
    for (List<float[]> window : windows) {
      parts.add(features.subList(at, at + window.size()));
      at += window.size();
    }
    return engine.resampler().resample(parts);
  }
}
