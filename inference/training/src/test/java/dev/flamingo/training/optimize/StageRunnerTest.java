package dev.flamingo.training.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.flamingo.model.eager.EagerParameters;
import dev.flamingo.model.eager.EagerTensor;
import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.ParameterSource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageRunnerTest {

  private static final List<String> STAGES = List.of("first", "second");
  private static final int STEPS = 7;

  private final Path folder;
  private final Path metrics;

  StageRunnerTest(@TempDir Path directory) {
    folder = directory.resolve("run");
    metrics = directory.resolve("metrics.jsonl");
  }

  @Test
  void aRunThatIsKilledInAStageEndsAsOneThatIsNot() throws IOException {
    Map<String, String> whole = run(folder.resolve("whole"), step -> false);
    Path killed = folder.resolve("killed");

    assertThatThrownBy(() -> run(killed, step -> step == 4)).hasMessage("killed");
    assertThat(killed.resolve("first.safetensors")).exists();
    assertThat(killed.resolve("second.running.safetensors")).exists();
    Map<String, String> resumed = run(killed, step -> step < 4);

    assertThat(resumed).isEqualTo(whole);
    assertThat(killed.resolve("second.running.safetensors")).doesNotExist();
  }

  @Test
  void aStageThatIsBehindIsNotRunAgain() throws IOException {
    Map<String, String> once = run(folder, step -> false);

    assertThat(run(folder, step -> true)).isEqualTo(once);
  }

  @Test
  void onlyWhatAGroupTakesIsTrained() throws IOException {
    assertThat(run(folder, step -> false))
        .containsEntry("frozen", "[2.0, 2.0]")
        .doesNotContainValue("[1.0, 1.0]")
        .containsOnlyKeys("early", "late", "frozen");
  }

  @Test
  void whatIsFrozenIsNotStored() throws IOException {
    run(folder, step -> false);

    assertThat(checkpoint(folder, Duration.ZERO).latest(STAGES).names())
        .containsExactlyInAnyOrder("early", "late");
  }

  @Test
  void objectivesInTurnsShareTheUpdates() throws IOException {
    List<String> order = new ArrayList<>();
    try (NDManager manager = manager()) {
      TrainingCheckpoint checkpoint = checkpoint(folder, Duration.ofMinutes(1));
      EagerParameters parameters = parameters(manager, checkpoint);
      NDArray weight = array(parameters, "first", 1);
      List<Stage.Weighted> objectives = new ArrayList<>();
      for (String name : List.of("pages", "pairs", "videos")) {
        objectives.add(
            new Stage.Weighted(
                name,
                step -> {
                  order.add(name + step);
                  return miss(manager, weight, step);
                },
                1));
      }
      new StageRunner(manager, parameters, checkpoint, progress())
          .run(
              new Stage(
                  "first",
                  objectives,
                  Mixture.ROUND_ROBIN,
                  new Schedule(0.05, 1, 4, 1),
                  List.of(new ParameterGroup("first"::equals, 1, 0)),
                  List.of()));
    }

    assertThat(order).containsExactly("pages0", "pairs1", "videos2", "pages3");
  }

  @Test
  void nothingIsStoredBeforeItIsDue() throws IOException {
    try (NDManager manager = manager()) {
      TrainingCheckpoint checkpoint = checkpoint(folder, Duration.ofMinutes(1));
      EagerParameters parameters = parameters(manager, checkpoint);
      array(parameters, "early", 1);

      checkpoint.storeIfDue("first", 3, parameters.arrays(), new AdamW(manager, List.of()));

      assertThat(folder).isEmptyDirectory();
      assertThat(checkpoint.finished("first")).isFalse();
      assertThat(checkpoint.resume("first", new AdamW(manager, List.of()))).isZero();
    }
  }

  @Test
  void whatIsStoredComesBackAndALaterStageCounts() throws IOException {
    try (NDManager manager = manager()) {
      TrainingCheckpoint checkpoint = checkpoint(folder, Duration.ZERO);
      EagerParameters parameters = parameters(manager, checkpoint);
      NDArray weight = array(parameters, "early", 1);

      checkpoint.finish("first", parameters.arrays());
      weight.addi(4);
      checkpoint.storeIfDue("second", 5, parameters.arrays(), new AdamW(manager, List.of()));

      assertThat(checkpoint.finished("first")).isTrue();
      assertThat(checkpoint.finished("second")).isFalse();
      assertThat(checkpoint.resume("second", new AdamW(manager, List.of()))).isEqualTo(5);
      assertThat(checkpoint.latest(List.of("first")).tensor("early").floats().values())
          .containsExactly(1, 1);
      assertThat(checkpoint.latest(STAGES).tensor("early").floats().values()).containsExactly(5, 5);
      assertThat(checkpoint.latest(STAGES).names()).containsExactly("early");
    }
  }

  @Test
  void aLossThatIsNoNumberStopsTheStageInOneSentence() throws IOException {
    try (NDManager manager = manager()) {
      TrainingCheckpoint checkpoint = checkpoint(folder, Duration.ZERO);
      EagerParameters parameters = parameters(manager, checkpoint);
      NDArray weight = array(parameters, "first", -1);
      StageRunner runner = new StageRunner(manager, parameters, checkpoint, progress());

      assertThatIllegalStateException()
          .isThrownBy(() -> runner.run(stage("first", "first", step -> weight.log().sum())))
          .withMessage("the loss of stage first is NaN at step 0: lower its learning rate");
    }
  }

  @Test
  void progressLeavesALineOfJsonForEveryTwentySteps() throws IOException {
    try (Progress.Bar bar = progress().start("first", 0, 41)) {
      for (int step = 0; step < 41; step++) {
        bar.step(step, Map.of("clips", 2.0), () -> Map.of("layer_gate", 0.5));
      }
    }

    assertThat(metrics)
        .content()
        .hasLineCount(3)
        .contains(
            "\"stage\":\"first\"",
            "\"step\":0",
            "\"step\":20",
            "\"step\":40",
            "\"loss\":2.0",
            "\"losses\":{\"clips\":2.0}",
            "\"gates\":{\"layer_gate\":0.5}");
  }

  private Map<String, String> run(Path run, IntPredicate killed) throws IOException {
    try (NDManager manager = manager()) {
      TrainingCheckpoint checkpoint = checkpoint(run, Duration.ZERO);
      EagerParameters parameters = parameters(manager, checkpoint);
      NDArray early = array(parameters, "early", 1);
      NDArray late = array(parameters, "late", 1);
      NDArray frozen = array(parameters, "frozen", 2);
      StageRunner runner = new StageRunner(manager, parameters, checkpoint, progress());
      runner.run(stage("first", "early", step -> miss(manager, early.mul(frozen), step)));
      runner.run(
          stage(
              "second",
              "late",
              step -> {
                if (killed.test(step)) {
                  throw new IllegalStateException("killed");
                }
                return miss(manager, late.mul(early), step);
              }));
      Map<String, String> values = new TreeMap<>();
      parameters
          .arrays()
          .forEach((name, array) -> values.put(name, Arrays.toString(array.toFloatArray())));
      return values;
    }
  }

  private static NDArray miss(NDManager manager, NDArray value, int step) {
    float[] target = {(float) Math.sin(step), (float) Math.cos(3.0 * step)};
    return value.sub(manager.create(target)).square().sum();
  }

  private static Stage stage(String name, String trained, Objective objective) {
    return new Stage(
        name,
        List.of(
            new Stage.Weighted("whole", objective, 1), new Stage.Weighted("half", objective, 0.5)),
        new Schedule(0.05, 2, STEPS, 0.1),
        List.of(new ParameterGroup(trained::equals, 1, 0.1)),
        List.of(new Clipping.GlobalNorm(1)));
  }

  private static NDArray array(EagerParameters parameters, String name, double value) {
    return ((EagerTensor) parameters.get(name, Init.constant(value), 2)).array();
  }

  private static EagerParameters parameters(NDManager manager, TrainingCheckpoint checkpoint)
      throws IOException {
    return new EagerParameters(
        manager, ParameterSource.of(checkpoint.latest(STAGES), ParameterSource.random(1)));
  }

  private static TrainingCheckpoint checkpoint(Path folder, Duration every) throws IOException {
    return new TrainingCheckpoint(folder, every, InstantSource.fixed(Instant.EPOCH));
  }

  private Progress progress() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Progress(nowhere, metrics, InstantSource.fixed(Instant.EPOCH));
  }

  private static NDManager manager() {
    return NDManager.newBaseManager(null, "PyTorch");
  }
}
