package dev.flamingo.training.street;

import dev.flamingo.ingest.street.Actor;
import dev.flamingo.ingest.street.StreetClip;
import dev.flamingo.training.corpus.Example;
import dev.flamingo.training.corpus.Example.Part;
import dev.flamingo.training.corpus.Example.Text;
import dev.flamingo.training.glyph.GlyphPages;
import dev.flamingo.training.glyph.GlyphSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The street, and glyphs, as documents of each kind of corpus. An example depends on the seed and
 * its number alone.
 *
 * <p>Not thread-safe.
 */
final class StreetExamples implements AutoCloseable {

  /** Side of pictures and frames in pixels. */
  static final int SIZE = (int) Actor.FRAME;

  private static final int PAGE_KINDS = 3;
  private static final int FEWEST = 2;
  private static final int MOST = 5;

  private final StreetCaption caption = new StreetCaption();
  private final StillQuestions questions = new StillQuestions(StreetSplit.balance());
  private final StreetPictures pictures = new StreetPictures(SIZE);
  private final GlyphPages glyphs = new GlyphPages(GlyphSplit.training(), SIZE);
  private final TrainingClips clips;

  StreetExamples(long seed) {
    clips = new TrainingClips(seed);
  }

  /**
   * Returns a page: every third binds words to glyphs, others show 2 to 5 frames of different
   * clips, each with its caption or an answered question behind it.
   */
  Example page(int number) {
    SplittableRandom random = clips.random("page", number);
    if (number % PAGE_KINDS == PAGE_KINDS - 1) {
      return glyphs.draw(random);
    }
    List<Part> parts = new ArrayList<>();
    int length = random.nextInt(FEWEST, MOST + 1);
    for (StreetClip clip : clips.some("page clips", number, length)) {
      int second = random.nextInt(StreetClip.FRAMES);
      parts.add(pictures.picture(clip, second));
      parts.add(
          new Text(
              random.nextBoolean()
                  ? caption.of(clip, second)
                  : questions.ask(clip, second, random)));
    }
    return new Example(parts);
  }

  /** Returns a frame with one fact of its caption, mostly the things that are seen. */
  Example shortPair(int number) {
    SplittableRandom random = clips.random("short", number);
    StreetClip clip = clip("short", number);
    int second = random.nextInt(StreetClip.FRAMES);
    List<String> facts = caption.facts(clip, second);
    int fact = random.nextBoolean() ? 0 : random.nextInt(facts.size());
    return Example.pair(pictures.picture(clip, second), facts.get(fact));
  }

  /** Returns a frame with its whole caption. */
  Example longPair(int number) {
    StreetClip clip = clip("long", number);
    int second = clips.random("long", number).nextInt(StreetClip.FRAMES);
    return Example.pair(pictures.picture(clip, second), caption.of(clip, second));
  }

  /** Returns a clip with its caption. */
  Example video(int number) {
    StreetClip clip = clip("video", number);
    return Example.pair(pictures.video(clip), caption.of(clip));
  }

  private StreetClip clip(String purpose, int number) {
    return clips.some(purpose + " clips", number, 1).get(0);
  }

  @Override
  public void close() {
    glyphs.close();
    pictures.close();
  }
}
