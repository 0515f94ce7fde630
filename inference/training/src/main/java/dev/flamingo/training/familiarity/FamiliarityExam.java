package dev.flamingo.training.familiarity;

import dev.flamingo.ingest.street.LiveStreet;
import dev.flamingo.ingest.street.StreetClip;
import dev.flamingo.ingest.street.StreetClipSampler;
import dev.flamingo.ingest.street.StreetRenderer;
import dev.flamingo.model.familiarity.Familiarity;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.model.serving.FrameFeatures;
import dev.flamingo.model.serving.VisualTokens;
import dev.flamingo.training.familiarity.FamiliarityScores.Clip;
import dev.flamingo.training.familiarity.FamiliarityScores.Flagged;
import dev.flamingo.training.frame.Medium;
import dev.flamingo.training.frame.MediumFrames;
import dev.flamingo.training.frame.UnreadableMediumException;
import dev.flamingo.training.glyph.Glyph;
import dev.flamingo.training.glyph.GlyphFrames;
import dev.flamingo.training.glyph.GlyphKind;
import dev.flamingo.training.glyph.GlyphSplit;
import dev.flamingo.training.street.StreetFamiliarity;
import dev.flamingo.training.street.StreetFrames;
import dev.flamingo.training.street.StreetSplit;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** Measures whether a model distinguishes what it was trained on from what it was not. */
public final class FamiliarityExam {

  private static final int WINDOW = StreetClip.FRAMES;
  private static final int LIKE = 100;
  private static final int MOST_FRAMES = 64;

  /** Not the seed whose clips the statistics are fitted on by default. */
  private static final long LIVE = 77;

  private final FlamingoEngine engine;

  /**
   * Prepares to measure.
   *
   * @throws IllegalArgumentException if the model's bundle has no statistics
   */
  public FamiliarityExam(FlamingoEngine engine) {
    if (!engine.familiarity().measures()) {
      throw new IllegalArgumentException(
          "bundle %s has no statistics of its training: add them with flamingo train familiar"
              .formatted(engine.bundle().directory()));
    }
    this.engine = engine;
  }

  /**
   * Measures.
   *
   * @param seed which clips of the street
   * @param clips how many
   * @param footage a folder of pictures and videos of other things; null for none
   * @param progress receives the number of clips of the street that are done
   * @throws IOException if the footage cannot be read
   */
  public FamiliarityScores run(long seed, int clips, @Nullable Path footage, IntConsumer progress)
      throws IOException, InterruptedException {
    List<Clip> street = new ArrayList<>();
    StreetClipSampler sampler = StreetSplit.test(seed);
    try (StreetFrames frames = new StreetFrames(engine.preprocessor())) {
      for (int i = 0; i < clips; i++) {
        street.add(new Clip("street " + i, familiarity(frames.window(sampler.sample(i)))));
        progress.accept(i + 1);
      }
    }
    Map<String, Scene> scenes = new LinkedHashMap<>(TestPatterns.all());
    scenes.putAll(DrawnScenes.all());
    List<Clip> unfamiliar = new ArrayList<>();
    for (Map.Entry<String, Scene> scene : scenes.entrySet()) {
      unfamiliar.add(new Clip(scene.getKey(), familiarity(decoded(draw(scene.getValue(), seed)))));
    }
    List<String> unread = new ArrayList<>();
    List<Clip> seen = footage == null ? List.of() : footage(footage, unread);
    List<String> madeUp = madeUp();
    List<String> own = List.copyOf(StreetFamiliarity.questions(seed + 1));
    return new FamiliarityScores(
        Flagged.of("street", street),
        like(seed, sampler),
        unfamiliar,
        seen,
        unread,
        new Flagged("own questions", (int) own.stream().filter(this::flagged).count(), own.size()),
        new Flagged(
            "made-up questions",
            (int) madeUp.stream().filter(this::flagged).count(),
            madeUp.size()),
        madeUp.stream().filter(question -> !flagged(question)).toList(),
        seed);
  }

  private List<Flagged> like(long seed, StreetClipSampler sampler) throws IOException {
    List<Clip> live = new ArrayList<>();
    List<Clip> starting = new ArrayList<>();
    List<Clip> single = new ArrayList<>();
    List<Clip> large = new ArrayList<>();
    List<Clip> glyphs = new ArrayList<>();
    int size = engine.preprocessor().size();
    LiveStreet street = new LiveStreet(LIVE + seed, size);
    StreetRenderer renderer = new StreetRenderer(4 * size);
    try (StreetFrames frames = new StreetFrames(engine.preprocessor());
        GlyphFrames pictures = new GlyphFrames(engine.preprocessor())) {
      for (int i = 0; i < LIKE; i++) {
        live.add(new Clip("live", familiarity(decoded(live(street, size, (long) i * WINDOW)))));
        List<float[]> window = frames.window(sampler.sample(-1 - i));
        starting.add(new Clip("starting", familiarity(window.subList(0, 1 + i % (WINDOW - 1)))));
        single.add(new Clip("single", familiarity(List.of(window.get(i % WINDOW)))));
        List<BufferedImage> drawn = large(renderer, sampler.sample(-1 - i), 4 * size);
        large.add(new Clip("large", familiarity(decoded(drawn))));
      }
      Random random = new Random(seed);
      for (GlyphKind kind : GlyphSplit.test().kinds()) {
        Glyph glyph = new Glyph(kind, random.nextLong());
        glyphs.add(new Clip("glyph", familiarity(List.of(pictures.pixels(glyph)))));
      }
    }
    return List.of(
        Flagged.of("live street", live),
        Flagged.of("street, first frames", starting),
        Flagged.of("street, one frame", single),
        Flagged.of("street, drawn large", large),
        Flagged.of("glyphs", glyphs));
  }

  private List<Clip> footage(Path folder, List<String> unread)
      throws IOException, InterruptedException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(folder)) {
      files = found.filter(Files::isRegularFile).sorted().toList();
    }
    MediumFrames reader = new MediumFrames(engine.preprocessor().size(), MOST_FRAMES);
    List<Clip> clips = new ArrayList<>();
    for (Path file : files) {
      String name = folder.relativize(file).toString();
      try {
        List<float[]> pixels = new ArrayList<>();
        for (byte[] jpeg : reader.read(Medium.of(file))) {
          pixels.add(engine.preprocessor().fromJpeg(jpeg));
        }
        double highest = 0;
        for (int from = 0; from == 0 || from + WINDOW <= pixels.size(); from += WINDOW) {
          List<float[]> window = pixels.subList(from, Math.min(pixels.size(), from + WINDOW));
          highest = Math.max(highest, familiarity(window));
        }
        clips.add(new Clip(name, highest));
      } catch (UnreadableMediumException e) {
        unread.add(name);
      }
    }
    return clips;
  }

  private double familiarity(List<float[]> pixels) {
    List<FrameFeatures> features = engine.encoder().encode(pixels);
    VisualTokens tokens = engine.resampler().resample(List.of(features)).get(0);
    return engine
        .familiarity()
        .score(tokens, null, List.of())
        .map(Familiarity.Score::score)
        .orElseThrow();
  }

  /** Asks about what is surely familiar, so that the question alone decides. */
  private boolean flagged(String question) {
    VisualTokens known = new VisualTokens(1, 1, new float[1], 0.0);
    return !engine.familiarity().score(known, question, List.of()).orElseThrow().familiar();
  }

  private List<float[]> decoded(List<BufferedImage> images) throws IOException {
    List<float[]> pixels = new ArrayList<>();
    for (BufferedImage image : images) {
      ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
      ImageIO.write(image, "jpeg", jpeg);
      pixels.add(engine.preprocessor().fromJpeg(jpeg.toByteArray()));
    }
    return pixels;
  }

  private static List<BufferedImage> draw(Scene scene, long seed) {
    List<BufferedImage> images = new ArrayList<>();
    for (int second = 0; second < WINDOW; second++) {
      BufferedImage image =
          new BufferedImage(Scene.WIDTH, Scene.HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
      Graphics2D canvas = image.createGraphics();
      canvas.setColor(Color.WHITE);
      canvas.fillRect(0, 0, Scene.WIDTH, Scene.HEIGHT);
      canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      scene.draw(canvas, second, new Random(seed));
      canvas.dispose();
      images.add(image);
    }
    return images;
  }

  private static List<BufferedImage> live(LiveStreet street, int size, long from) {
    List<BufferedImage> images = new ArrayList<>();
    for (int second = 0; second < WINDOW; second++) {
      byte[] rgb = new byte[3 * size * size];
      street.draw(from + second, rgb);
      images.add(image(rgb, size));
    }
    return images;
  }

  private static List<BufferedImage> large(StreetRenderer renderer, StreetClip clip, int size) {
    List<BufferedImage> images = new ArrayList<>();
    for (int second = 0; second < WINDOW; second++) {
      byte[] rgb = new byte[3 * size * size];
      renderer.render(clip, second, rgb);
      images.add(image(rgb, size));
    }
    return images;
  }

  private static BufferedImage image(byte[] rgb, int size) {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_3BYTE_BGR);
    byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < rgb.length; i += 3) {
      bgr[i] = rgb[i + 2];
      bgr[i + 1] = rgb[i + 1];
      bgr[i + 2] = rgb[i];
    }
    return image;
  }

  private static List<String> madeUp() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    FamiliarityExam.class.getResourceAsStream("made-up-questions.txt")),
                StandardCharsets.UTF_8))) {
      return lines.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
