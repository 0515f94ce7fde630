package dev.flamingo.training.street;

import ai.djl.ndarray.NDArray;
import dev.flamingo.ingest.street.StreetClip;
import dev.flamingo.model.eager.Scalar;
import dev.flamingo.model.nn.Flamingo;
import dev.flamingo.model.tensor.Tensor;
import dev.flamingo.training.glyph.ShotSequences;
import dev.flamingo.training.objective.NextToken;
import dev.flamingo.training.objective.TextBatch;
import dev.flamingo.training.optimize.Clipping;
import dev.flamingo.training.optimize.ParameterGroup;
import dev.flamingo.training.optimize.Schedule;
import dev.flamingo.training.optimize.Stage;
import dev.flamingo.training.optimize.StageRunner;
import dev.flamingo.training.run.Prefetch;
import dev.flamingo.training.run.TrainedModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Gated layers and resampler, encoder and language model frozen: questions and captions of clips,
 * and shots to learn from in context, of glyphs and of clips (section 2.4).
 */
final class GatedStage implements AutoCloseable {

  static final String NAME = "gated";

  private static final double RATE = 1.5e-3;
  private static final int CLIPS = 32;
  private static final int QUESTIONS = 6;
  private static final int CAPTIONS = 16;
  private static final int GLYPH_ROWS = 8;
  private static final int CLIP_ROWS = 8;
  private static final double GLYPH_SHOTS = 0.3;
  private static final double CLIP_SHOTS = 0.3;

  private final TrainedModel model;
  private final TrainingClips dice;
  private final StreetText text;
  private final ShotSequences shots;
  private final StreetTasks tasks = new StreetTasks();
  private final NextToken nextToken;
  private final Prefetch<CachedClips.Batch> asked;
  private final Prefetch<CachedClips.Batch> captioned;
  private final Prefetch<CachedGlyphs.Pool> pools;

  GatedStage(
      TrainedModel model,
      TrainingClips dice,
      StreetText text,
      ShotSequences shots,
      CachedClips clips,
      CachedGlyphs glyphs) {
    this.model = model;
    this.dice = dice;
    this.text = text;
    this.shots = shots;
    nextToken = model.nextToken();
    asked = new Prefetch<>(step -> clips.batch("questions", step, CLIPS));
    captioned = new Prefetch<>(step -> clips.batch("captioned", step, CAPTIONS));
    pools = new Prefetch<>(step -> glyphs.pool("shots", step));
  }

  void run(StageRunner runner, int steps) throws IOException {
    Predicate<String> gated = name -> name.startsWith(Flamingo.CROSS_ATTENTION);
    runner.run(
        new Stage(
            NAME,
            List.of(
                new Stage.Weighted("questions", this::questions, 1),
                new Stage.Weighted("captions", this::captions, 1),
                new Stage.Weighted("shots", this::glyphShots, GLYPH_SHOTS)),
            new Schedule(RATE, 30, steps, 0.03),
            List.of(
                new ParameterGroup(name -> name.endsWith("_gate"), 10, 0),
                new ParameterGroup(gated.and(name -> name.endsWith(".weight")), 1, 0.1),
                new ParameterGroup(gated, 1, 0),
                new ParameterGroup(name -> name.startsWith(Flamingo.RESAMPLER), 0.3, 0)),
            List.of(new Clipping.GlobalNorm(1))));
  }

  private NDArray questions(int step) {
    CachedClips.Batch batch = asked.at(step);
    Tensor visual = model.visual(batch.features(), CLIPS, StreetClip.FRAMES);
    TextBatch questions = text.questions(batch.clips(), QUESTIONS, dice.random("phrasing", step));
    int[][] media =
        IntStream.range(0, CLIPS * QUESTIONS)
            .mapToObj(row -> new int[] {row / QUESTIONS})
            .toArray(int[][]::new);
    NDArray answers = nextToken.loss(questions, model.look(visual, media), 1);
    SplittableRandom random = dice.random("tasks", step);
    NDArray learnt = shots(visual, CLIP_ROWS, random, own -> tasks.sort(batch.clips(), own));
    return answers.add(learnt.mul(Scalar.of(learnt, CLIP_SHOTS)));
  }

  private NDArray captions(int step) {
    CachedClips.Batch batch = captioned.at(step);
    Tensor visual = model.visual(batch.features(), CAPTIONS, StreetClip.FRAMES);
    int[][] media =
        IntStream.range(0, CAPTIONS).mapToObj(row -> new int[] {row}).toArray(int[][]::new);
    return nextToken.loss(
        text.captions(batch.clips(), dice.random("asked", step)), model.look(visual, media), 1);
  }

  private NDArray glyphShots(int step) {
    CachedGlyphs.Pool pool = pools.at(step);
    Tensor visual = model.visual(pool.features(), CachedGlyphs.POOL, 1);
    List<int[]> classes = pool.classes();
    return shots(visual, GLYPH_ROWS, dice.random("words", step), own -> classes);
  }

  private NDArray shots(
      Tensor visual,
      int count,
      SplittableRandom random,
      Function<SplittableRandom, List<int[]>> pool) {
    int length = ShotSequences.length(random);
    List<ShotSequences.Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(shots.draw(pool.apply(random), length, random));
    }
    TextBatch batch =
        TextBatch.of(rows.stream().map(ShotSequences.Row::text).toList(), text.padding());
    int[][] media = rows.stream().map(ShotSequences.Row::media).toArray(int[][]::new);
    return nextToken.loss(batch, model.look(visual, media), length);
  }

  @Override
  public void close() {
    asked.close();
    captioned.close();
    pools.close();
  }
}
