package dev.flamingo.training.glyph;

import dev.flamingo.model.bundle.SpecialTokens;
import dev.flamingo.model.bundle.Tokenizer;
import dev.flamingo.model.serving.Cue;
import dev.flamingo.training.objective.TextBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Sequences to learn in context by: chunks of a medium, a cue and a word, where each of two to four
 * classes has a word of its own that it had in no other sequence. What counts is every word that
 * the sequence has bound before; the first of each class can only be guessed.
 */
public final class ShotSequences {

  private static final int FEWEST_WAYS = 2;
  private static final int MOST_WAYS = 4;

  /** How often chunks ask a question. */
  static final double ASKED = 0.25;

  private static final int USUAL = 9;
  private static final int LONGEST = 33;

  private final Tokenizer tokenizer;
  private final int context;
  private final List<String> words;
  private final long beginning;
  private final long image;
  private final long endOfChunk;

  /**
   * Prepares to draw sequences.
   *
   * @param context the longest sequence in tokens, at least 166
   * @param words what classes may be called; each is one token
   */
  public ShotSequences(Tokenizer tokenizer, int context, List<String> words) {
    this.tokenizer = tokenizer;
    this.context = context;
    this.words = List.copyOf(words);
    SpecialTokens special = tokenizer.specialTokens();
    beginning = tokenizer.id(special.beginning());
    image = tokenizer.id(special.image());
    endOfChunk = tokenizer.id(special.endOfChunk());
  }

  /**
   * One sequence.
   *
   * @param text its tokens; a token sees the chunk's own medium
   * @param media what stands at each chunk: a number of the pool
   * @param classes for the last two tokens of every cue, after which a word is due, the number of
   *     the chunk's class in this sequence; -1 elsewhere
   */
  public record Row(TextBatch.Sequence text, int[] media, int[] classes) {}

  /** Returns a number of chunks by chance: mostly 9, sometimes up to 33. */
  public static int length(SplittableRandom random) {
    return switch (random.nextInt(10)) {
      case 0, 1 -> random.nextInt(4, USUAL);
      case 2, 3 -> random.nextInt(USUAL + 1, 2 * USUAL);
      case 4 -> LONGEST;
      default -> USUAL;
    };
  }

  /**
   * Draws a sequence.
   *
   * @param pool for every class, of which there are at least two, the numbers of its media
   * @param length number of chunks
   */
  public Row draw(List<int[]> pool, int length, SplittableRandom random) {
    Random order = new Random(random.nextLong());
    int ways = Math.min(pool.size(), random.nextInt(FEWEST_WAYS, MOST_WAYS + 1));
    List<int[]> chosen = some(pool, ways, order);
    List<String> names = some(words, ways, order);
    long[] cue = cue(length, random);
    int chunk = cue.length + 3;
    long[] tokens = new long[1 + length * chunk];
    int[] medium = new int[tokens.length];
    int[] classes = new int[tokens.length];
    float[] weights = new float[tokens.length];
    int[] media = new int[length];
    Arrays.fill(classes, -1);
    tokens[0] = beginning;
    medium[0] = -1;
    boolean[] bound = new boolean[ways];
    int[] turns = turns(ways, length, order);
    for (int i = 0; i < length; i++) {
      int way = turns[i];
      int at = 1 + i * chunk;
      int word = at + 1 + cue.length;
      int[] choices = chosen.get(way);
      media[i] = choices[random.nextInt(choices.length)];
      Arrays.fill(medium, at, at + chunk, i);
      tokens[at] = image;
      System.arraycopy(cue, 0, tokens, at + 1, cue.length);
      Arrays.fill(classes, word - 2, word, way);
      tokens[word] = tokenizer.encode(names.get(way))[0];
      tokens[word + 1] = endOfChunk;
      Arrays.fill(weights, word, word + 2, bound[way] ? 1 : 0);
      bound[way] = true;
    }
    return new Row(new TextBatch.Sequence(tokens, medium, weights), media, classes);
  }

  /** Returns tokens that come twice in the same order; the second time counts. */
  public TextBatch.Sequence repeated(int length, SplittableRandom random) {
    long[] tokens = new long[2 * length + 1];
    float[] weights = new float[tokens.length];
    tokens[0] = beginning;
    for (int i = 1; i <= length; i++) {
      String word = words.get(random.nextInt(words.size()));
      tokens[i] = tokenizer.encode(word)[0];
      tokens[i + length] = tokens[i];
    }
    // The first of the second time may be anything.
    Arrays.fill(weights, length + 2, tokens.length, 1);
    int[] medium = new int[tokens.length];
    Arrays.fill(medium, -1);
    return new TextBatch.Sequence(tokens, medium, weights);
  }

  private long[] cue(int length, SplittableRandom random) {
    long[] asked = tokenizer.encode(question(words, random).text());
    boolean fits = 1 + length * (asked.length + 3) <= context;
    return fits && random.nextDouble() < ASKED ? asked : tokenizer.encode(Cue.CAPTION.text());
  }

  /** Returns a question that asks for anything: its words say nothing of the answer. */
  static Cue question(List<String> words, SplittableRandom random) {
    String word = words.get(random.nextInt(words.size()));
    return Cue.question((random.nextBoolean() ? "what is the " : "what is ") + word + "?");
  }

  /** Returns a class for each chunk, every one about as often as every other, in any order. */
  static int[] turns(int ways, int length, Random random) {
    List<Integer> turns = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      turns.add(i % ways);
    }
    Collections.shuffle(turns, random);
    return turns.stream().mapToInt(turn -> turn).toArray();
  }

  /** Returns some of the choices, all different, in any order. */
  static <T> List<T> some(List<T> choices, int count, Random random) {
    List<T> shuffled = new ArrayList<>(choices);
    Collections.shuffle(shuffled, random);
    return shuffled.subList(0, count);
  }
}
