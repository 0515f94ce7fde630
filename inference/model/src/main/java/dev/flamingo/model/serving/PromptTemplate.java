package dev.flamingo.model.serving;

import dev.flamingo.model.bundle.SpecialTokens;
import dev.flamingo.model.bundle.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The texts that the model was trained to go on from. What people write in them can never act as a
 * special token. Safe for use by several threads.
 */
public final class PromptTemplate {

  private final Tokenizer tokenizer;
  private final PromptLimits limits;
  private final long beginning;
  private final long image;
  private final long endOfChunk;

  /**
   * Makes templates.
   *
   * @param context the longest sequence that the language model takes, in tokens
   */
  public PromptTemplate(Tokenizer tokenizer, int context) {
    this.tokenizer = tokenizer;
    limits = new PromptLimits(context);
    SpecialTokens special = tokenizer.specialTokens();
    beginning = tokenizer.id(special.beginning());
    image = tokenizer.id(special.image());
    endOfChunk = tokenizer.id(special.endOfChunk());
  }

  /**
   * Returns {@code <BOS><image>Question: ... Answer:}.
   *
   * @throws IllegalArgumentException if it leaves no room for an answer
   */
  public Prompt question(String question) {
    return prompt(LongStream.of(beginning), true, Cue.question(question));
  }

  /**
   * Returns shots, each ended by {@code <EOC>}, and then what is asked. Shots without a medium name
   * none.
   *
   * @param shots in the order in which the model reads them: the most similar last
   * @param visual what is asked about; null to ask about nothing that is seen
   * @throws IllegalArgumentException if it leaves no room for an answer
   */
  public MediaPrompt inContext(List<Shot> shots, Cue cue, @Nullable VisualTokens visual) {
    LongStream ids = LongStream.of(beginning);
    List<VisualTokens> media = new ArrayList<>();
    for (Shot shot : shots) {
      VisualTokens seen = shot.visual();
      if (seen != null) {
        media.add(seen);
      }
      ids = concat(chunk(ids, seen != null, shot.cue()), answer(shot.answer()));
    }
    if (visual != null) {
      media.add(visual);
    }
    return new MediaPrompt(prompt(ids, visual != null, cue), media);
  }

  /** Returns {@code <BOS><image>Output:}, after which the model describes what it sees. */
  public Prompt caption() {
    return prompt(LongStream.of(beginning), true, Cue.CAPTION);
  }

  /**
   * Returns a question without any medium: what can be guessed from the words alone.
   *
   * @throws IllegalArgumentException if it leaves no room for an answer
   */
  public Prompt blindQuestion(String question) {
    return prompt(LongStream.of(beginning), false, Cue.question(question));
  }

  /** Returns a caption's beginning without any medium. */
  public Prompt blindCaption() {
    return prompt(LongStream.of(beginning), false, Cue.CAPTION);
  }

  /**
   * Returns the ids with which an answer or caption goes on: its words and the end of the chunk.
   */
  public long[] continuation(String text) {
    return answer(text).toArray();
  }

  /** Returns how many tokens the words of a cue take. */
  public int length(Cue cue) {
    return (int) words(cue.text()).count();
  }

  private LongStream answer(String text) {
    return LongStream.concat(words(text), LongStream.of(endOfChunk));
  }

  private LongStream words(String text) {
    return LongStream.of(tokenizer.encodeUntrusted(text));
  }

  private LongStream chunk(LongStream before, boolean seen, Cue cue) {
    LongStream medium = seen ? LongStream.of(image) : LongStream.empty();
    return concat(before, medium, words(cue.text()));
  }

  private static LongStream concat(LongStream... parts) {
    return Arrays.stream(parts).flatMapToLong(part -> part);
  }

  private Prompt prompt(LongStream before, boolean seen, Cue cue) {
    long[] tokens = chunk(before, seen, cue).toArray();
    limits.checkLength(tokens.length);
    return Prompt.of(tokens, image);
  }
}
