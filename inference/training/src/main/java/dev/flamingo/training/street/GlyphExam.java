package dev.flamingo.training.street;

import dev.flamingo.model.familiarity.Familiarity.Score;
import dev.flamingo.model.serving.AnswerRequest;
import dev.flamingo.model.serving.Cue;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.model.serving.FrameFeatures;
import dev.flamingo.model.serving.MediaPrompt;
import dev.flamingo.model.serving.Shot;
import dev.flamingo.model.serving.VisualTokens;
import dev.flamingo.training.glyph.Glyph;
import dev.flamingo.training.glyph.GlyphFrames;
import dev.flamingo.training.glyph.GlyphKind;
import dev.flamingo.training.glyph.GlyphSplit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Names glyphs after shots: kinds and words that training never bound, bound anew in every
 * sequence. Without shots there is nothing to know the words by; the paper's two text-only shots
 * would give them away.
 */
final class GlyphExam {

  private static final int SEQUENCES = 200;
  private static final int ANSWER_TOKENS = 4;
  private static final int MANY_SHOTS = 8;

  private final FlamingoEngine engine;
  private final GlyphSplit split = GlyphSplit.test();

  GlyphExam(FlamingoEngine engine) {
    this.engine = engine;
  }

  StreetScores.FewShot run(int shots, long seed) {
    int ways = shots < MANY_SHOTS ? 2 : 4;
    Tally exact = new Tally();
    Tally among = new Tally();
    Tally relied = new Tally();
    Random random = new Random(seed * 1_000_003 + shots);
    try (GlyphFrames frames = new GlyphFrames(engine.preprocessor())) {
      for (int i = 0; i < SEQUENCES; i++) {
        List<GlyphKind> kinds = some(split.kinds(), ways, random);
        List<String> words = some(split.words(), ways, random);
        List<Integer> turns = new ArrayList<>();
        for (int shot = 0; shot < shots; shot++) {
          turns.add(shot % ways);
        }
        Collections.shuffle(turns, random);
        int asked = random.nextInt(ways);
        turns.add(asked);
        List<VisualTokens> seen = see(turns, kinds, frames, random);
        List<Shot> given = new ArrayList<>();
        for (int shot = 0; shot < shots; shot++) {
          given.add(new Shot(seen.get(shot), Cue.CAPTION, words.get(turns.get(shot))));
        }
        VisualTokens last = seen.get(shots);
        MediaPrompt prompt = engine.prompts().inContext(given, Cue.CAPTION, last);
        boolean right = answer(prompt).equals(words.get(asked));
        exact.add(right);
        relied.add(
            right
                && engine.familiarity().score(last, null, given).map(Score::familiar).orElse(true));
        among.add(best(prompt, words) == asked);
      }
    }
    return new StreetScores.FewShot(ways, exact.share(), among.share(), relied.share());
  }

  private String answer(MediaPrompt prompt) {
    return engine
        .generator()
        .generate(List.of(AnswerRequest.of(prompt, ANSWER_TOKENS)))
        .get(0)
        .text();
  }

  private int best(MediaPrompt prompt, List<String> words) {
    double[] scores =
        engine.scorer().score(prompt, words.stream().map(engine.prompts()::continuation).toList());
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    return best;
  }

  private List<VisualTokens> see(
      List<Integer> turns, List<GlyphKind> kinds, GlyphFrames frames, Random random) {
    List<float[]> pixels =
        turns.stream()
            .map(turn -> frames.pixels(new Glyph(kinds.get(turn), random.nextLong())))
            .toList();
    List<List<FrameFeatures>> windows =
        engine.encoder().encode(pixels).stream().map(List::of).toList();
    return engine.resampler().resample(windows);
  }

  private static <T> List<T> some(List<T> choices, int count, Random random) {
    List<T> shuffled = new ArrayList<>(choices);
    Collections.shuffle(shuffled, random);
    return shuffled.subList(0, count);
  }
}
