package dev.flamingo.training.street;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flamingo.ingest.street.StreetClip;
import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.checkpoint.StoredWeights;
import dev.flamingo.model.serving.AnswerRequest;
import dev.flamingo.model.serving.EngineOptions;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.model.serving.VisualTokens;
import dev.flamingo.training.run.FeatureCache;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run of a few steps, and what can be done with its folder. */
class StreetTrainerTest {

  private static final StreetBudget BUDGET = new StreetBudget(1, 1, 8, 32, 1, 1);
  private static final long SEED = 5;

  private static Path folder;
  private static Path whole;

  @BeforeAll
  static void trainOnce(@TempDir Path directory) throws IOException {
    folder = directory;
    whole = folder.resolve("whole");
    train(whole);
  }

  @Test
  void theBundleSaysWhoTrainedItAndIsWholeOnDisk() throws IOException {
    Bundle bundle = Bundle.open(whole.resolve("bundle"));

    assertThat(bundle.id()).startsWith("street@");
    assertThat(bundle.manifest().provenance())
        .containsEntry("trained-by", "flamingo train street")
        .containsEntry("seed", "5");
    try (StoredWeights weights = bundle.weights()) {
      assertThat(weights.names())
          .isNotEmpty()
          .noneMatch(name -> name.contains("auxiliary") || name.contains("optimizer"));
    }
    assertThat(whole.resolve("metrics.jsonl")).content().contains("encoder", "gated", "loss");
  }

  @Test
  void aRunThatWasKilledBetweenItsStagesEndsInTheSameModel() throws IOException {
    Path killed = copy("killed", "encoder.safetensors", "language.safetensors", "features.f16");

    assertThat(train(killed).id()).isEqualTo(Bundle.open(whole.resolve("bundle")).id());
  }

  @Test
  void featuresThatWereCutByAKillAreWrittenAgainInTheirPlaces() throws IOException {
    Path cut =
        copy(
            "cut",
            "encoder.safetensors",
            "language.safetensors",
            "resampler.safetensors",
            "gated.safetensors");
    byte[] features = Files.readAllBytes(whole.resolve("features.f16"));
    int clip = features.length / BUDGET.clips();
    Files.write(cut.resolve("features.f16"), Arrays.copyOf(features, 6 * clip + 100));

    train(cut);

    assertThat(Files.size(cut.resolve("features.f16"))).isEqualTo(features.length);
    try (FeatureCache expected = new FeatureCache(whole.resolve("features.f16"), clip / 2);
        FeatureCache actual = new FeatureCache(cut.resolve("features.f16"), clip / 2)) {
      for (int i = 0; i < BUDGET.clips(); i++) {
        float[] values = read(actual, i);
        double same = distance(values, read(expected, i));
        double other = distance(values, read(expected, (i + 2) % BUDGET.clips()));
        assertThat(same).isLessThan(other / 4);
      }
    }
  }

  @Test
  void aRunThatIsDoneIsNotRunAgain() throws IOException {
    List<String> stages = Files.readAllLines(whole.resolve("metrics.jsonl"));
    String id = Bundle.open(whole.resolve("bundle")).id();

    assertThat(train(whole).id()).isEqualTo(id);
    assertThat(Files.readAllLines(whole.resolve("metrics.jsonl"))).isEqualTo(stages);
  }

  @Test
  void aRunGoesOnFromTheBundleOfAnother() throws IOException {
    Bundle bundle = Bundle.open(whole.resolve("bundle"));
    StreetBudget nothing = new StreetBudget(0, 0, 0, 0, 0, 0);

    Bundle next =
        new StreetTrainer(new StreetPlan(nothing, SEED + 1, bundle, false), nowhere())
            .train(folder.resolve("next"));

    assertThat(next.id()).isEqualTo(bundle.id());
    assertThat(next.manifest().provenance()).containsEntry("from", bundle.id());
  }

  @Test
  void theBundleAnswersAndIsMeasured() throws IOException {
    Bundle bundle = Bundle.open(whole.resolve("bundle"));
    try (FlamingoEngine engine =
        FlamingoEngine.open(bundle, EngineOptions.cachedIn(folder.resolve("graphs")))) {
      answers(engine);
      measures(engine);
    }
  }

  private static void answers(FlamingoEngine engine) {
    List<float[]> pixels = new ArrayList<>();
    try (StreetFrames frames = new StreetFrames(engine.preprocessor())) {
      StreetClip clip = StreetSplit.test(1).sample(0);
      for (int second = 0; second < StreetClip.FRAMES; second++) {
        pixels.add(frames.pixels(clip, second));
      }
    }
    VisualTokens tokens =
        engine.resampler().resample(List.of(engine.encoder().encode(pixels))).get(0);

    assertThat(
            engine
                .generator()
                .generate(
                    List.of(
                        AnswerRequest.of(
                            engine.prompts().question("what color is the bus?"), tokens, 4))))
        .singleElement()
        .satisfies(answer -> assertThat(answer.confidence()).isBetween(0.0, 1.0));
  }

  private static void measures(FlamingoEngine engine) {
    List<Integer> done = new ArrayList<>();
    StreetEvaluation evaluation = new StreetEvaluation(engine);
    StreetScores scores = evaluation.run(3, 4, List.of(0, 2), done::add);
    JsonNode json = new ObjectMapper().valueToTree(scores);

    assertThat(done).containsExactly(1, 2, 3, 4);
    assertThat(evaluation.run(4, 1, List.of(), clips -> {}))
        .isEqualTo(new StreetEvaluation(engine).run(4, 1, List.of(), clips -> {}));
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "weights",
            "overall",
            "blind",
            "shuffled",
            "reversed",
            "timeless",
            "empty",
            "heldOut",
            "families",
            "captions",
            "calibration",
            "fewShot",
            "untaught",
            "clips",
            "seed");
    assertThat(json.get("clips").intValue()).isEqualTo(4);
    assertThat(json.get("seed").longValue()).isEqualTo(3);
    assertThat(json.get("captions").fieldNames()).toIterable().containsExactly("exact");
    assertThat(json.get("families").size()).isBetween(6, QuestionFamily.values().length);
    List<JsonNode> fractions = new ArrayList<>();
    for (String field :
        List.of("overall", "blind", "shuffled", "reversed", "timeless", "empty", "heldOut")) {
      fractions.add(json.get(field));
    }
    for (String field :
        List.of(
            "/captions/exact",
            "/calibration/error",
            "/calibration/confident",
            "/calibration/confidentShare",
            "/fewShot/0/exact",
            "/fewShot/2/among",
            "/untaught/zeroShot",
            "/untaught/fourShot")) {
      assertThat(json.at(field).isNumber()).as(field).isTrue();
      fractions.add(json.at(field));
    }
    json.get("families").forEach(fractions::add);
    assertThat(fractions)
        .allSatisfy(fraction -> assertThat(fraction.doubleValue()).isBetween(0.0, 1.0));
  }

  private static Path copy(String name, String... files) throws IOException {
    Path copy = Files.createDirectory(folder.resolve(name));
    for (String file : files) {
      Files.copy(whole.resolve(file), copy.resolve(file));
    }
    return copy;
  }

  private static float[] read(FeatureCache cache, int clip) throws IOException {
    int values = (int) (Files.size(whole.resolve("features.f16")) / BUDGET.clips() / Short.BYTES);
    float[] features = new float[values];
    cache.read(clip, features, 0);
    return features;
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs(a[i] - b[i]);
    }
    return sum / a.length;
  }

  private static Bundle train(Path run) throws IOException {
    return new StreetTrainer(new StreetPlan(BUDGET, SEED, null, false), nowhere()).train(run);
  }

  private static PrintStream nowhere() {
    return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }
}
