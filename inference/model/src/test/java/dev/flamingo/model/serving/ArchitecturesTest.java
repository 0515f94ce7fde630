package dev.flamingo.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.TinyArchitectures;
import dev.flamingo.model.bundle.Bundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitecturesTest {

  private final SplittableRandom random = new SplittableRandom(5);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vanilla",
        "grafting",
        "single in the middle",
        "seeing all previous media",
        "clip",
        "mlp resampler"
      })
  void aCacheGivesWhatReadingEverythingAgainGives(String name, @TempDir Path directory)
      throws IOException {
    FlamingoConfig config = Objects.requireNonNull(TinyArchitectures.all().get(name));
    Bundle bundle = RandomBundle.write(directory.resolve("bundle"), 15, config);
    EngineOptions options = EngineOptions.cachedIn(directory.resolve("graphs")).withThreads(1);
    try (FlamingoEngine engine = FlamingoEngine.open(bundle, options)) {
      Shot shot = new Shot(window(engine, config, 5), Cue.CAPTION, "red");
      Shot other = new Shot(window(engine, config, 1), Cue.CAPTION, "red");
      VisualTokens window = window(engine, config, 30);
      MediaPrompt prompt = engine.prompts().inContext(List.of(shot, other), Cue.CAPTION, window);
      MediaPrompt little = engine.prompts().inContext(List.of(), Cue.CAPTION, window);
      long[] candidate = engine.prompts().continuation("the bus is left");
      double score = engine.scorer().score(prompt, List.of(candidate))[0];
      assertThat(score).isCloseTo(fromScratch(engine, prompt, candidate), within(1e-4));

      // In one batch rows have different numbers of media and tokens.
      List<AnswerRequest> both = List.of(AnswerRequest.of(prompt, 6), AnswerRequest.of(little, 6));
      List<GeneratedAnswer> together = engine.generator().generate(both);
      for (int i = 0; i < both.size(); i++) {
        GeneratedAnswer alone = engine.generator().generate(both.subList(i, i + 1)).get(0);
        assertThat(together.get(i).text()).isEqualTo(alone.text());
        assertThat(together.get(i).confidence()).isCloseTo(alone.confidence(), within(1e-4));
      }
    }
  }

  /** Scores every token after a prompt that holds all before it. */
  private static double fromScratch(FlamingoEngine engine, MediaPrompt prompt, long[] candidate) {
    double sum = 0;
    MediaPrompt longer = prompt;
    for (long token : candidate) {
      sum += engine.scorer().score(longer, List.of(new long[] {token}))[0];
      long[] tokens = longer.prompt().tokens();
      long[] more = Arrays.copyOf(tokens, tokens.length + 1);
      more[tokens.length] = token;
      longer = new MediaPrompt(Prompt.of(more, /* imageToken= */ 4), prompt.media());
    }
    return sum;
  }

  private VisualTokens window(FlamingoEngine engine, FlamingoConfig config, int frames) {
    List<float[]> pictures =
        random
            .longs(frames)
            .mapToObj(SplittableRandom::new)
            .map(noise -> picture(noise, config.imageSize()))
            .toList();
    return engine.resampler().resample(List.of(engine.encoder().encode(pictures))).get(0);
  }

  private static float[] picture(SplittableRandom noise, int size) {
    float[] pixels = new float[3 * size * size];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) noise.nextDouble(-2, 2);
    }
    return pixels;
  }
}
