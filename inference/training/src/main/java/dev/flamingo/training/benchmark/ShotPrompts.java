package dev.flamingo.training.benchmark;

import dev.flamingo.model.bundle.SpecialTokens;
import dev.flamingo.model.bundle.Tokenizer;
import dev.flamingo.model.serving.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Prompts of any cue: {@code <BOS>}, then for each example {@code <image>cue answer<EOC>}, then
 * {@code <image>cue}. Examples that are not seen have no {@code <image>}.
 */
final class ShotPrompts {

  private final Tokenizer tokenizer;
  private final int longest;
  private final long beginning;
  private final long image;
  private final long endOfChunk;

  /**
   * Makes prompts.
   *
   * @param longest the most tokens of a prompt
   */
  ShotPrompts(Tokenizer tokenizer, int longest) {
    this.tokenizer = tokenizer;
    this.longest = longest;
    SpecialTokens special = tokenizer.specialTokens();
    beginning = tokenizer.id(special.beginning());
    image = tokenizer.id(special.image());
    endOfChunk = tokenizer.id(special.endOfChunk());
  }

  /**
   * A prompt and the examples that found room in it.
   *
   * @param shots the last ones that were asked for
   */
  record Fitted(Prompt prompt, List<BenchmarkItem> shots) {}

  /**
   * Makes a prompt; the first examples are left out where all have no room.
   *
   * @throws UnaskedException if the cue alone has no room
   */
  Fitted prompt(Asked asked) throws UnaskedException {
    List<long[]> chunks = new ArrayList<>();
    for (BenchmarkItem shot : asked.shots()) {
      chunks.add(
          LongStream.concat(
                  LongStream.concat(
                      asked.seen() ? LongStream.of(image) : LongStream.empty(),
                      LongStream.of(words(shot.cue()))),
                  LongStream.concat(LongStream.of(words(shot.answer())), LongStream.of(endOfChunk)))
              .toArray());
    }
    long[] cue = words(asked.item().cue());
    int length = 2 + cue.length;
    if (length > longest) {
      throw new UnaskedException(
          "%s takes %d tokens of at most %d: take a model with a longer context"
              .formatted(asked.item().id(), length, longest));
    }
    int from = chunks.size();
    while (from > 0 && length + chunks.get(from - 1).length <= longest) {
      from--;
      length += chunks.get(from).length;
    }
    LongStream tokens = LongStream.of(beginning);
    for (long[] chunk : chunks.subList(from, chunks.size())) {
      tokens = LongStream.concat(tokens, LongStream.of(chunk));
    }
    tokens = LongStream.concat(tokens, LongStream.concat(LongStream.of(image), LongStream.of(cue)));
    return new Fitted(
        Prompt.of(tokens.toArray(), image), asked.shots().subList(from, chunks.size()));
  }

  private long[] words(String text) {
    return tokenizer.encodeUntrusted(text);
  }
}
