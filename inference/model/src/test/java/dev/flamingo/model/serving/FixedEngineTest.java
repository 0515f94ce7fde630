package dev.flamingo.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.serving.GeneratedAnswer.Finish;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The graphs for DJL's TensorRT and all that drives them, in ONNX Runtime on the CPU. */
class FixedEngineTest {

  /** Everything of the TensorRT engine but its name and its plans. */
  private static final class FixedOnCpu implements GraphEngine {

    @Override
    public Optional<String> missing() {
      return Optional.empty();
    }

    @Override
    public boolean fixed() {
      return true;
    }

    @Override
    public GraphLoader loader(EngineOptions options) {
      OnnxRuntimeStart.ensure();
      return file -> PredictorSession.load(file, OnnxRuntimeStart.ENGINE);
    }
  }

  private final SplittableRandom random = new SplittableRandom(5);
  private final FlamingoEngine usual;
  private final FlamingoEngine fixed;
  private final FlamingoConfig config;

  FixedEngineTest(@TempDir Path directory) throws IOException {
    Bundle bundle = RandomBundle.write(directory.resolve("bundle"), 15);
    EngineOptions options = EngineOptions.cachedIn(directory.resolve("graphs")).withThreads(1);
    config = bundle.architecture();
    usual = FlamingoEngine.open(bundle, options);
    fixed = FlamingoEngine.open(bundle, options, System::nanoTime, new FixedOnCpu());
  }

  @AfterEach
  void close() {
    fixed.close();
    usual.close();
  }

  @Test
  void framesAndWindowsOfAnyNumberComeOutAsTheyUsuallyDo() {
    List<float[]> pictures = new ArrayList<>();
    for (int i = 0; i < 41; i++) {
      pictures.add(picture());
    }
    List<FrameFeatures> expected = usual.encoder().encode(pictures);
    List<FrameFeatures> frames = fixed.encoder().encode(pictures);
    assertThat(frames).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(frames.get(i).values()).containsExactly(expected.get(i).values(), within(1e-4f));
    }
    List<List<FrameFeatures>> windows = new ArrayList<>();
    for (int frame = 0; frame < 41; frame++) {
      int length = 1 + frame % config.windowFrames();
      windows.add(expected.subList(frame, Math.min(41, frame + length)));
    }
    List<VisualTokens> tokens = usual.resampler().resample(windows);
    List<VisualTokens> same = fixed.resampler().resample(windows);
    for (int i = 0; i < tokens.size(); i++) {
      assertThat(same.get(i).values()).containsExactly(tokens.get(i).values(), within(1e-4f));
    }
    assertThat(fixed.counters().framesEncoded()).isEqualTo(41);
    assertThat(fixed.counters().windowsResampled()).isEqualTo(41);
  }

  @Test
  void answersAreTheSameTokensWithShotsAndWithoutShortAndLong() {
    PromptTemplate prompts = usual.prompts();
    List<AnswerRequest> requests = new ArrayList<>();
    for (int i = 0; i < 45; i++) {
      requests.add(AnswerRequest.of(prompts.question("is the bus red"), window(), 1 + i));
    }
    for (int shown = 1; shown < 3; shown++) {
      List<Shot> shots = new ArrayList<>();
      for (int i = 0; i < shown; i++) {
        shots.add(new Shot(window(), Cue.CAPTION, "red"));
      }
      requests.add(AnswerRequest.of(prompts.inContext(shots, Cue.CAPTION, window()), 9));
    }
    requests.add(AnswerRequest.blind(prompts.blindQuestion("is the bus red"), 7));
    List<GeneratedAnswer> expected = usual.generator().generate(requests);
    List<GeneratedAnswer> answers = fixed.generator().generate(requests);
    assertThat(answers)
        .extracting(GeneratedAnswer::text)
        .containsExactlyElementsOf(expected.stream().map(GeneratedAnswer::text).toList())
        .anyMatch(text -> !text.isEmpty());
    assertThat(answers)
        .extracting(GeneratedAnswer::finish)
        .containsExactlyElementsOf(expected.stream().map(GeneratedAnswer::finish).toList());
    assertThat(fixed.counters().keysValuesBuilt()).isEqualTo(usual.counters().keysValuesBuilt());
  }

  @Test
  void answersJoinBetweenCallsAndLeaveWhenNobodyWantsThem() {
    Prompt prompt = usual.prompts().caption();
    try (GenerationBatch batch = fixed.generator().begin()) {
      CompletableFuture<GeneratedAnswer> first = batch.join(AnswerRequest.of(prompt, window(), 5));
      CompletableFuture<GeneratedAnswer> unwanted =
          batch.join(new AnswerRequest(prompt, window(), 5, TokenListener.SILENT, () -> true));
      CompletableFuture<GeneratedAnswer> longer =
          batch.join(AnswerRequest.of(prompt, window(), 40));
      assertThat(batch.size()).isEqualTo(3);
      batch.step();
      assertThat(first).isCompleted();
      assertThat(unwanted.join().finish()).isEqualTo(Finish.CANCELLED);
      assertThat(longer).isNotDone();
      CompletableFuture<GeneratedAnswer> late = batch.join(AnswerRequest.of(prompt, window(), 5));
      batch.step();
      assertThat(longer).isCompleted();
      assertThat(late).isNotDone();
      batch.close();
      assertThat(late).isCompletedExceptionally();
    }
  }

  @Test
  void whatItDoesNotTakeIsRefusedInASentence() {
    List<FrameFeatures> frames = usual.encoder().encode(List.of(picture()));
    List<FrameFeatures> longer = new ArrayList<>();
    for (int i = 0; i <= config.windowFrames(); i++) {
      longer.addAll(frames);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fixed.resampler().resample(List.of(longer)))
        .withMessageContaining("is none of the shapes")
        .withMessageContaining("FLAMINGO_ENGINE=onnxruntime");
    MediaPrompt prompt = new MediaPrompt(usual.prompts().caption(), List.of(window()));
    assertThatIllegalStateException()
        .isThrownBy(() -> fixed.scorer().score(prompt, List.of(new long[] {1})))
        .withMessageContaining("whole answers alone");
  }

  private float[] picture() {
    float[] values = new float[3 * config.imageSize() * config.imageSize()];
    double brightness = 0;
    for (int i = 0; i < values.length; i++) {
      brightness = i % 200 == 0 ? random.nextDouble(-4, 4) : brightness;
      values[i] = (float) brightness;
    }
    return values;
  }

  private VisualTokens window() {
    var shape = config.resampler();
    float[] values = new float[shape.latents() * shape.width()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new VisualTokens(shape.latents(), shape.width(), values);
  }
}
