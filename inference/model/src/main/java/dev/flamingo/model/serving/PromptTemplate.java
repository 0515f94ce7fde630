package dev.flamingo.model.serving;

import dev.flamingo.model.bundle.SpecialTokens;
import dev.flamingo.model.bundle.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The texts that the model was trained to go on from. What people write in them can never act as a
 * special token. Safe for use by several threads.
 */
public final class PromptTemplate {

  private static final String CAPTION = "output:";

  private final Tokenizer tokenizer;
  private final int context;
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
    this.context = context;
    SpecialTokens special = tokenizer.specialTokens();
    beginning = tokenizer.id(special.beginning());
    image = tokenizer.id(special.image());
    endOfChunk = tokenizer.id(special.endOfChunk());
  }

  /**
   * An answered question about a medium of its own, for learning from context.
   *
   * @param question what was asked
   * @param answer what was right
   */
  public record Example(String question, String answer) {}

  /**
   * Returns {@code <BOS><image>question: ... answer:}.
   *
   * @throws IllegalArgumentException if it leaves no room for an answer
   */
  public Prompt question(String question) {
    return question(List.of(), question);
  }

  /**
   * Returns a question after answered ones, each with a medium: those of the examples first, then
   * the question's.
   *
   * @throws IllegalArgumentException if it leaves no room for an answer
   */
  public Prompt question(List<Example> examples, String question) {
    LongStream ids = LongStream.of(beginning);
    for (Example example : examples) {
      ids =
          concat(
              ids,
              LongStream.of(image),
              words(asked(example.question())),
              answer(example.answer()));
    }
    return prompt(concat(ids, LongStream.of(image), words(asked(question))));
  }

  /** Returns {@code <BOS><image>output:}, after which the model describes what it sees. */
  public Prompt caption() {
    return prompt(concat(LongStream.of(beginning, image), words(CAPTION)));
  }

  /**
   * Returns a question without any medium: what can be guessed from the words alone.
   *
   * @throws IllegalArgumentException if it leaves no room for an answer
   */
  public Prompt blindQuestion(String question) {
    return prompt(concat(LongStream.of(beginning), words(asked(question))));
  }

  /** Returns a caption's beginning without any medium. */
  public Prompt blindCaption() {
    return prompt(concat(LongStream.of(beginning), words(CAPTION)));
  }

  /**
   * Returns the ids with which an answer or caption goes on: its words and the end of the chunk.
   */
  public long[] continuation(String text) {
    return answer(text).toArray();
  }

  private LongStream answer(String text) {
    return LongStream.concat(words(text), LongStream.of(endOfChunk));
  }

  private LongStream words(String text) {
    return LongStream.of(tokenizer.encodeUntrusted(text));
  }

  private static String asked(String question) {
    return "question: " + question + " answer:";
  }

  private static LongStream concat(LongStream... parts) {
    return Arrays.stream(parts).flatMapToLong(part -> part);
  }

  private Prompt prompt(LongStream ids) {
    long[] tokens = ids.toArray();
    if (tokens.length >= context) {
      throw new IllegalArgumentException(
          "a prompt of %d tokens leaves no room in the model's %d: ask in fewer words"
              .formatted(tokens.length, context));
    }
    return Prompt.of(tokens, image);
  }
}
