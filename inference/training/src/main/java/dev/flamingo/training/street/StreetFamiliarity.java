package dev.flamingo.training.street;

import dev.flamingo.ingest.street.StreetClipSampler;
import dev.flamingo.model.familiarity.Familiarity;
import dev.flamingo.model.familiarity.PictureFit;
import dev.flamingo.model.familiarity.QuestionStatistics;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.model.serving.FrameFeatures;
import dev.flamingo.training.glyph.Glyph;
import dev.flamingo.training.glyph.GlyphFrames;
import dev.flamingo.training.glyph.GlyphKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.IntConsumer;

/**
 * Fits a bundle's statistics of its training on the street: its clips, the single pictures of
 * glyphs, and its questions. Thresholds come from validation clips of the street and from glyphs;
 * nothing unfamiliar is looked at.
 */
public final class StreetFamiliarity {

  /** Questions for people to begin with. */
  public static final List<String> SUGGESTIONS =
      List.of(
          "what do you see?",
          "is it raining?",
          "what color is the bus?",
          "which way is the car going?");

  /** Clips that are shown and clips that validate. */
  public static final int CLIPS = 6_000;

  private static final int FITTED = 4_500;
  private static final int EVERY = 2;
  private static final int PICTURES_OF_A_KIND = 40;
  private static final int QUESTIONED_CLIPS = 2_000;

  private final FlamingoEngine engine;

  /** Prepares to fit a model's statistics. */
  public StreetFamiliarity(FlamingoEngine engine) {
    this.engine = engine;
  }

  /**
   * Fits.
   *
   * @param seed which clips and pictures
   * @param progress receives the number of clips that were looked at, up to {@link #CLIPS}
   */
  public Familiarity fit(long seed, IntConsumer progress) {
    PictureFit pictures = new PictureFit(engine.bundle().architecture().vision().width());
    try (StreetFrames frames = new StreetFrames(engine.preprocessor())) {
      StreetClipSampler shown = StreetSplit.training(seed, 0.3);
      for (int i = 0; i < FITTED; i++) {
        List<float[]> window = frames.window(shown.sample(i));
        List<float[]> some = new ArrayList<>();
        for (int frame = i % EVERY; frame < window.size(); frame += EVERY) {
          some.add(window.get(frame));
        }
        see(some).forEach(pictures::addClipFrame);
        progress.accept(i + 1);
      }
      StreetClipSampler others = StreetSplit.validation(seed);
      for (int i = FITTED; i < CLIPS; i++) {
        pictures.addValidationClip(see(frames.window(others.sample(i))));
        progress.accept(i + 1);
      }
    }
    glyphs(new Random(seed), pictures);
    return new Familiarity(pictures.fit(seed), QuestionStatistics.of(questions(seed)));
  }

  private void glyphs(Random random, PictureFit pictures) {
    try (GlyphFrames frames = new GlyphFrames(engine.preprocessor())) {
      for (GlyphKind kind : GlyphKind.all()) {
        List<float[]> pixels = new ArrayList<>();
        for (int i = 0; i < PICTURES_OF_A_KIND; i++) {
          pixels.add(frames.pixels(new Glyph(kind, random.nextLong())));
        }
        see(pixels).forEach(pictures::addPicture);
      }
    }
  }

  private List<float[]> see(List<float[]> pixels) {
    return engine.encoder().encode(pixels).stream().map(FrameFeatures::values).toList();
  }

  /** Returns every question of training, in all its phrasings; a sample of clips shows all. */
  public static Collection<String> questions(long seed) {
    StreetGrammar grammar = new StreetGrammar();
    StreetClipSampler sampler = StreetSplit.training(seed, 0.5);
    Collection<String> questions = new TreeSet<>(StreetCaption.QUESTIONS);
    for (int i = 0; i < QUESTIONED_CLIPS; i++) {
      grammar
          .questions(sampler.sample(i))
          .forEach(question -> questions.addAll(question.phrasings()));
    }
    return questions;
  }
}
