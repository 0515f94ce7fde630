package dev.flamingo.training.street;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.flamingo.model.nn.Flamingo;
import dev.flamingo.training.glyph.ShotSequences;
import dev.flamingo.training.objective.NextToken;
import dev.flamingo.training.objective.TextBatch;
import dev.flamingo.training.optimize.Clipping;
import dev.flamingo.training.optimize.ParameterGroup;
import dev.flamingo.training.optimize.Schedule;
import dev.flamingo.training.optimize.Stage;
import dev.flamingo.training.optimize.StageRunner;
import dev.flamingo.training.run.TrainedModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The language model on text alone: questions with answers, captions, reading and binding. A
 * language model whose context never holds the answer has no reason to look for it; reading puts
 * into words what it will be shown. For binding, a random vector of the chunk's class is added at
 * each cue, as the gated layers will add what they see: the model has to find the earlier place
 * with the same vector and to repeat that place's word. Without this it learns in context only
 * after it has forgotten how to.
 */
final class LanguageStage {

  static final String NAME = "language";

  private static final double RATE = 2e-3;
  private static final int CLIPS = 16;
  private static final int CAPTIONS = 16;
  private static final int READ = 32;
  private static final int QUESTIONS = 8;
  private static final int SHOTS = 16;
  private static final int REPEATED = 8;
  private static final double CLASS = 0.15;
  private static final double NOISE = 0.05;

  private final TrainedModel model;
  private final TrainingClips clips;
  private final StreetText text;
  private final ShotSequences shots;
  private final NextToken nextToken;

  LanguageStage(TrainedModel model, TrainingClips clips, StreetText text, ShotSequences shots) {
    this.model = model;
    this.clips = clips;
    this.text = text;
    this.shots = shots;
    nextToken = model.nextToken();
  }

  void run(StageRunner runner, int steps) throws IOException {
    runner.run(
        new Stage(
            NAME,
            List.of(
                new Stage.Weighted("questions", this::questions, 1),
                new Stage.Weighted("captions", this::captions, 1),
                new Stage.Weighted("reading", this::reading, 1),
                new Stage.Weighted("binding", this::binding, 1)),
            new Schedule(RATE, 30, steps, 0.03),
            List.of(
                new ParameterGroup(
                    name -> name.startsWith(Flamingo.LANGUAGE) && name.endsWith(".weight"), 1, 0.1),
                new ParameterGroup(name -> name.startsWith(Flamingo.LANGUAGE), 1, 0)),
            List.of(new Clipping.GlobalNorm(1))));
  }

  private NDArray questions(int step) {
    return nextToken.loss(
        text.questionsAlone(clips.some(NAME, step, CLIPS), clips.random("text", step)));
  }

  private NDArray captions(int step) {
    return nextToken.loss(
        text.captions(clips.some("captions", step, CAPTIONS), clips.random("asking", step)));
  }

  private NDArray reading(int step) {
    return nextToken.loss(
        text.reading(clips.some("reading", step, READ), QUESTIONS, clips.random("read", step)));
  }

  private NDArray binding(int step) {
    SplittableRandom random = clips.random("binding", step);
    int length = ShotSequences.length(random);
    List<int[]> pool = IntStream.range(0, 4).mapToObj(i -> new int[] {i}).toList();
    List<ShotSequences.Row> rows = new ArrayList<>();
    List<TextBatch.Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < SHOTS; i++) {
      ShotSequences.Row row = shots.draw(pool, length, random);
      rows.add(row);
      sequences.add(row.text());
    }
    for (int i = 0; i < REPEATED; i++) {
      sequences.add(shots.repeated(random.nextInt(6, 24), random));
    }
    TextBatch batch = TextBatch.of(sequences, text.padding());
    return nextToken.lossWithAddition(batch, cues(rows, batch, new Random(random.nextLong())));
  }

  private NDArray cues(List<ShotSequences.Row> rows, TextBatch batch, Random random) {
    int width = model.config().language().width();
    float[] cues = new float[batch.rows() * batch.length() * width];
    for (int row = 0; row < rows.size(); row++) {
      int[] classes = rows.get(row).classes();
      float[][] vectors = new float[Arrays.stream(classes).max().orElse(0) + 1][width];
      for (float[] vector : vectors) {
        for (int i = 0; i < width; i++) {
          vector[i] = (float) (CLASS * random.nextGaussian());
        }
      }
      for (int token = 0; token < classes.length; token++) {
        if (classes[token] >= 0) {
          int at = (row * batch.length() + token) * width;
          for (int i = 0; i < width; i++) {
            cues[at + i] = vectors[classes[token]][i] + (float) (NOISE * random.nextGaussian());
          }
        }
      }
    }
    return model.manager().create(cues, new Shape(batch.rows(), batch.length(), width));
  }
}
