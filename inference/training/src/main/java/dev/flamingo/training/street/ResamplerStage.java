package dev.flamingo.training.street;

import ai.djl.ndarray.NDArray;
import dev.flamingo.ingest.street.StreetClip;
import dev.flamingo.model.nn.Flamingo;
import dev.flamingo.training.glyph.GlyphAttributes;
import dev.flamingo.training.objective.AskingHeads;
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

/** The resampler with heads that ask what happens in a clip, and which glyph a picture shows. */
final class ResamplerStage implements AutoCloseable {

  static final String NAME = "resampler";

  private static final double RATE = 2e-3;
  private static final int CLIPS = 48;
  private static final double GLYPHS = 0.3;
  private static final double DECAY = 0.01;
  private static final String CLIP_HEADS = "asking_clips";
  private static final String GLYPH_HEADS = "asking_glyphs";

  private final TrainedModel model;
  private final ClipTruth truth = new ClipTruth();
  private final AskingHeads clipHeads;
  private final AskingHeads glyphHeads;
  private final Prefetch<CachedClips.Batch> clips;
  private final Prefetch<CachedGlyphs.Pool> glyphs;

  ResamplerStage(TrainedModel model, CachedClips clips, CachedGlyphs glyphs) {
    this.model = model;
    clipHeads = heads(CLIP_HEADS, truth.attributes());
    glyphHeads = heads(GLYPH_HEADS, GlyphAttributes.attributes());
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
                        (name.startsWith(Flamingo.RESAMPLER) && name.endsWith(".weight"))
                            || TrainedModel.auxiliary(name, CLIP_HEADS)
                            || TrainedModel.auxiliary(name, GLYPH_HEADS),
                    1,
                    DECAY),
                new ParameterGroup(name -> name.startsWith(Flamingo.RESAMPLER), 1, 0)),
            List.of(new Clipping.GlobalNorm(1))));
  }

  private AskingHeads heads(String name, List<AttributeHeads.Attribute> attributes) {
    return new AskingHeads(
        model.manager(),
        model.config().crossAttention(),
        model.config().resampler().latents(),
        attributes,
        model.auxiliary(name));
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
