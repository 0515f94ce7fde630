package dev.flamingo.training.street;

import ai.djl.ndarray.NDArray;
import dev.flamingo.ingest.street.StreetClip;
import dev.flamingo.model.eager.Scalar;
import dev.flamingo.model.nn.Flamingo;
import dev.flamingo.model.tensor.Tensor;
import dev.flamingo.training.glyph.Glyph;
import dev.flamingo.training.glyph.GlyphAttributes;
import dev.flamingo.training.glyph.GlyphFrames;
import dev.flamingo.training.glyph.GlyphKind;
import dev.flamingo.training.glyph.GlyphSplit;
import dev.flamingo.training.objective.AttributeHeads;
import dev.flamingo.training.objective.CellAttributes;
import dev.flamingo.training.objective.Contrastive;
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

/**
 * The vision encoder by contrast with captions (appendix B.1.3), helped by heads that say what is
 * where: two frames of every clip, which differ in little, and glyphs.
 */
final class EncoderStage implements AutoCloseable {

  static final String NAME = "encoder";

  private static final double RATE = 2e-3;
  private static final int FRAMES = 96;
  private static final int GLYPHS = 32;
  private static final int JOINT_WIDTH = 128;
  private static final double CONTRAST = 0.3;
  private static final double GLYPH_HEADS = 0.5;

  private final TrainedModel model;
  private final TrainingClips clips;
  private final StreetText text;
  private final Contrastive contrastive;
  private final CellAttributes cells;
  private final AttributeHeads glyphs;
  private final List<GlyphKind> kinds = GlyphSplit.training().kinds();
  private final StreetFrames streetFrames;
  private final GlyphFrames glyphFrames;
  private final Prefetch<Pictures> batches;

  EncoderStage(TrainedModel model, TrainingClips clips, StreetText text) {
    this.model = model;
    this.clips = clips;
    this.text = text;
    int width = model.config().vision().width();
    contrastive =
        new Contrastive(
            model.manager(),
            width,
            model.config().language().vocabulary(),
            JOINT_WIDTH,
            model.auxiliary("contrastive"));
    cells =
        new CellAttributes(
            model.manager(), width, FrameBatch.THINGS, FrameBatch.FACTS, model.auxiliary("cells"));
    glyphs = model.heads("glyphs", width, GlyphAttributes.attributes());
    streetFrames = new StreetFrames(model.preprocessor());
    glyphFrames = new GlyphFrames(model.preprocessor());
    batches = new Prefetch<>(this::pictures);
  }

  /** The pictures of one step: frames of the street, then glyphs. */
  private record Pictures(FrameBatch frames, List<Glyph> glyphs) {}

  void run(StageRunner runner, int steps) throws IOException {
    runner.run(
        new Stage(
            NAME,
            List.of(new Stage.Weighted("pictures", this::loss, 1)),
            new Schedule(RATE, 60, steps, 0.03),
            List.of(
                new ParameterGroup(
                    name -> name.startsWith(Flamingo.ENCODER) && name.endsWith(".weight"), 1, 0.01),
                new ParameterGroup(
                    name ->
                        name.startsWith(Flamingo.ENCODER)
                            || TrainedModel.auxiliary(name, "contrastive")
                            || TrainedModel.auxiliary(name, "cells")
                            || TrainedModel.auxiliary(name, "glyphs"),
                    1,
                    0)),
            List.of(new Clipping.Adaptive(0.02))));
  }

  private NDArray loss(int step) {
    Pictures batch = batches.at(step);
    FrameBatch frames = batch.frames();
    Tensor patches = model.patches(frames.pixels(), FRAMES + GLYPHS);
    NDArray contrast = contrastive.loss(patches, text.plain(frames.captions()));
    NDArray things = cells.loss(patches.slice(0, 0, FRAMES), frames.truth());
    NDArray kinds =
        glyphs.loss(
            patches.slice(0, FRAMES, FRAMES + GLYPHS).mean(1), GlyphAttributes.of(batch.glyphs()));
    return things
        .add(contrast.mul(Scalar.of(contrast, CONTRAST)))
        .add(kinds.mul(Scalar.of(kinds, GLYPH_HEADS)));
  }

  private Pictures pictures(int step) {
    int size = model.config().imageSize();
    FrameBatch.Builder batch = new FrameBatch.Builder(FRAMES, GLYPHS, 3 * size * size);
    SplittableRandom random = clips.random("frames", step);
    for (StreetClip clip : clips.some(NAME, step, FRAMES / 2)) {
      int second = random.nextInt(StreetClip.FRAMES / 2);
      for (int at : new int[] {second, second + StreetClip.FRAMES / 2}) {
        batch.add(streetFrames.pixels(clip, at), text.frameCaption(clip, at), clip, at);
      }
    }
    List<Glyph> drawn = new ArrayList<>();
    for (int i = 0; i < GLYPHS; i++) {
      Glyph glyph = new Glyph(kinds.get(random.nextInt(kinds.size())), random.nextLong());
      drawn.add(glyph);
      batch.add(glyphFrames.pixels(glyph), glyph.kind().description());
    }
    return new Pictures(batch.build(), drawn);
  }

  @Override
  public void close() {
    batches.close();
    streetFrames.close();
    glyphFrames.close();
  }
}
