package dev.flamingo.training.street;

import ai.djl.ndarray.NDArray;
import dev.flamingo.ingest.street.StreetClip;
import dev.flamingo.model.nn.Flamingo;
import dev.flamingo.training.glyph.GlyphAttributes;
import dev.flamingo.training.objective.AttributeHeads;
import dev.flamingo.training.optimize.Clipping;
import dev.flamingo.training.optimize.ParameterGroup;
import dev.flamingo.training.optimize.Schedule;
import dev.flamingo.training.optimize.Stage;
import dev.flamingo.training.optimize.StageRunner;
import dev.flamingo.training.run.Prefetch;
import dev.flamingo.training.run.TrainedModel;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The resampler with heads that say what happens in a clip, and which glyph a picture shows. */
final class ResamplerStage implements AutoCloseable {

  static final String NAME = "resampler";

  private static final double RATE = 2e-3;
  private static final int CLIPS = 48;
  private static final double GLYPHS = 0.3;

  // Heads on all visual tokens together have parameters enough to learn clips by heart.
  private static final double HEAD_DECAY = 0.1;
  private static final double DECAY = 0.01;

  private final TrainedModel model;
  private final ClipTruth truth = new ClipTruth();
  private final AttributeHeads clipHeads;
  private final AttributeHeads glyphHeads;
  private final Prefetch<CachedClips.Batch> clips;
  private final Prefetch<CachedGlyphs.Pool> glyphs;

  ResamplerStage(TrainedModel model, CachedClips clips, CachedGlyphs glyphs) {
    this.model = model;
    int values = model.config().resampler().latents() * model.config().resampler().width();
    clipHeads = model.heads("seen_clips", values, truth.attributes());
    glyphHeads = model.heads("seen_glyphs", values, GlyphAttributes.attributes());
    this.clips = new Prefetch<>(step -> clips.batch(NAME, step, CLIPS));
    this.glyphs = new Prefetch<>(step -> glyphs.pool(NAME, step));
  }

  void run(StageRunner runner, int steps) throws IOException {
    runner.run(
        new Stage(
            NAME,
            List.of(
                new Stage.Weighted("clips", this::clipLoss, 1),
                new Stage.Weighted("glyphs", this::glyphLoss, GLYPHS)),
            new Schedule(RATE, 60, steps, 0.03),
            List.of(
                new ParameterGroup(
                    name ->
                        TrainedModel.auxiliary(name, "seen_clips")
                            || TrainedModel.auxiliary(name, "seen_glyphs"),
                    1,
                    HEAD_DECAY),
                new ParameterGroup(
                    name -> name.startsWith(Flamingo.RESAMPLER) && name.endsWith(".weight"),
                    1,
                    DECAY),
                new ParameterGroup(name -> name.startsWith(Flamingo.RESAMPLER), 1, 0)),
            List.of(new Clipping.GlobalNorm(1))));
  }

  private NDArray clipLoss(int step) {
    CachedClips.Batch batch = clips.at(step);
    long[] answers =
        batch.clips().stream().flatMapToLong(clip -> Arrays.stream(truth.of(clip))).toArray();
    return clipHeads.loss(model.visual(batch.features(), CLIPS, StreetClip.FRAMES), answers);
  }

  private NDArray glyphLoss(int step) {
    CachedGlyphs.Pool pool = glyphs.at(step);
    return glyphHeads.loss(
        model.visual(pool.features(), CachedGlyphs.POOL, 1), GlyphAttributes.of(pool.glyphs()));
  }

  @Override
  public void close() {
    clips.close();
    glyphs.close();
  }
}
