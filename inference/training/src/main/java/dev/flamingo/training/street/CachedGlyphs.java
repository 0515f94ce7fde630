package dev.flamingo.training.street;

import dev.flamingo.training.glyph.Glyph;
import dev.flamingo.training.glyph.GlyphFrames;
import dev.flamingo.training.glyph.GlyphKind;
import dev.flamingo.training.glyph.GlyphSplit;
import dev.flamingo.training.optimize.Progress;
import dev.flamingo.training.run.FeatureCache;
import dev.flamingo.training.run.FeatureWriter;
import dev.flamingo.training.run.TrainedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** The frozen encoder's features of pictures of glyphs, all kinds as often. */
final class CachedGlyphs implements AutoCloseable {

  private static final int KINDS = 8;
  private static final int EACH = 6;

  /** Pictures in a pool. */
  static final int POOL = KINDS * EACH;

  private final TrainedModel model;
  private final TrainingClips dice;
  private final GlyphSplit split = GlyphSplit.training();
  private final int pictures;
  private final FeatureCache cache;

  /**
   * Opens the cache.
   *
   * @param pictures how many in all
   */
  CachedGlyphs(Path file, TrainedModel model, TrainingClips dice, int pictures) throws IOException {
    this.model = model;
    this.dice = dice;
    this.pictures = pictures;
    cache = new FeatureCache(file, model.frameValues());
  }

  /**
   * Pictures of a few kinds, as many of each one after another.
   *
   * @param features {@code [pictures, patches, channels]}
   */
  record Pool(List<Glyph> glyphs, float[] features) {

    /** Returns for every kind the numbers of its pictures. */
    List<int[]> classes() {
      List<int[]> classes = new ArrayList<>();
      for (int kind = 0; kind < KINDS; kind++) {
        int[] numbers = new int[EACH];
        for (int i = 0; i < EACH; i++) {
          numbers[i] = kind * EACH + i;
        }
        classes.add(numbers);
      }
      return classes;
    }
  }

  void fill(Progress progress) throws IOException {
    try (GlyphFrames frames = new GlyphFrames(model.preprocessor())) {
      new FeatureWriter(model, progress)
          .fill(cache, "glyphs", pictures, 1, number -> frames.pixels(glyph(number)));
    }
  }

  private Glyph glyph(int number) {
    GlyphKind kind = split.kinds().get(number % split.kinds().size());
    return new Glyph(kind, dice.random("glyph", number).nextLong());
  }

  /** Reads the pool of a step: the frequent kinds come far more often than the rare ones. */
  Pool pool(String purpose, int step) {
    SplittableRandom random = dice.random(purpose, step);
    int drawn = Math.min(pictures, split.kinds().size());
    Set<Integer> kinds = new LinkedHashSet<>();
    while (kinds.size() < KINDS) {
      kinds.add(GlyphSplit.zipf(drawn, random));
    }
    int values = model.frameValues();
    float[] features = new float[POOL * values];
    List<Glyph> glyphs = new ArrayList<>();
    for (int kind : kinds) {
      int copies = (pictures - 1 - kind) / split.kinds().size() + 1;
      for (int i = 0; i < EACH; i++) {
        int number = kind + random.nextInt(copies) * split.kinds().size();
        try {
          cache.read(number, features, glyphs.size() * values);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        glyphs.add(glyph(number));
      }
    }
    return new Pool(glyphs, features);
  }

  @Override
  public void close() throws IOException {
    cache.close();
  }
}
