package dev.flamingo.training.recipe;

import dev.flamingo.model.bundle.SpecialTokens;
import dev.flamingo.model.bundle.Tokenizer;
import dev.flamingo.training.corpus.Example;
import dev.flamingo.training.corpus.Example.Part;
import dev.flamingo.training.objective.TextBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Examples as tokens (section 2.4, figure 7): {@code <BOS>}, text with {@code <image>} where a
 * medium stands, {@code <EOC>} before the next medium and at the end, {@code <EOS>}.
 */
final class ExampleTokens {

  private static final int NONE = -1;

  private final Tokenizer tokenizer;
  private final CorpusRecipe corpus;
  private final long beginning;
  private final long image;
  private final long endOfChunk;
  private final long end;

  ExampleTokens(Tokenizer tokenizer, CorpusRecipe corpus) {
    this.tokenizer = tokenizer;
    this.corpus = corpus;
    SpecialTokens special = tokenizer.specialTokens();
    beginning = tokenizer.id(special.beginning());
    image = tokenizer.id(special.image());
    endOfChunk = tokenizer.id(special.endOfChunk());
    end = tokenizer.id(special.end());
  }

  /**
   * What is left of an example within the corpus's bounds.
   *
   * @param text its tokens and which of the media each sees
   * @param media in the order of the text
   */
  record Tokenized(TextBatch.Sequence text, List<Example.Media> media) {}

  /**
   * Returns an example's tokens; from one that is too long a window around one of its media.
   *
   * @param example at least one part of it is a medium
   */
  Tokenized of(Example example, SplittableRandom random) {
    long[] tokens = tokens(example, random);
    int[] places = IntStream.range(0, tokens.length).filter(i -> tokens[i] == image).toArray();
    List<Example.Media> media = media(example);
    int room = corpus.maxTokens() - 1;
    if (tokens.length <= room && places.length <= corpus.maxMedia()) {
      return tokenized(tokens, media, random);
    }
    int chosen = random.nextInt(places.length);
    int earliest = Math.max(0, places[chosen] - room + 1);
    int latest = Math.min(places[chosen], Math.max(0, tokens.length - room));
    int from = earliest >= latest ? latest : random.nextInt(earliest, latest + 1);
    int first = (int) Arrays.stream(places).filter(place -> place < from).count();
    int beyond = first + corpus.maxMedia();
    int to = Math.min(tokens.length, from + room);
    to = beyond < places.length ? Math.min(to, places[beyond]) : to;
    int stop = to;
    int last = (int) Arrays.stream(places).filter(place -> place < stop).count();
    return tokenized(Arrays.copyOfRange(tokens, from, to), media.subList(first, last), random);
  }

  /**
   * Returns the text of an example alone, whole or its beginning.
   *
   * @param most the most tokens, beside the corpus's own bound
   */
  TextBatch.Sequence blind(Example example, int most, SplittableRandom random) {
    long[] text = LongStream.of(tokens(example, random)).filter(id -> id != image).toArray();
    int length = Math.min(text.length, Math.min(most, corpus.maxTokens()) - 1);
    return tokenized(Arrays.copyOf(text, length), List.of(), random).text();
  }

  private static List<Example.Media> media(Example example) {
    return example.parts().stream()
        .filter(Example.Media.class::isInstance)
        .map(Example.Media.class::cast)
        .toList();
  }

  // All but the beginning.
  private long[] tokens(Example example, SplittableRandom random) {
    List<long[]> pieces = new ArrayList<>();
    boolean anyText = false;
    for (Part part : example.parts()) {
      if (part instanceof Example.Text text) {
        String space = random.nextDouble() < corpus.spaced() ? " " : "";
        long[] words = tokenizer.encodeUntrusted(space + text.text());
        anyText |= words.length > 0;
        pieces.add(words);
      } else {
        if (anyText) {
          pieces.add(new long[] {endOfChunk});
        }
        anyText = false;
        pieces.add(new long[] {image});
      }
    }
    pieces.add(anyText ? new long[] {endOfChunk, end} : new long[] {end});
    return pieces.stream().flatMapToLong(LongStream::of).toArray();
  }

  private Tokenized tokenized(long[] window, List<Example.Media> media, SplittableRandom random) {
    long[] tokens = LongStream.concat(LongStream.of(beginning), LongStream.of(window)).toArray();
    boolean next = random.nextDouble() < corpus.nextMedium();
    int[] medium = new int[tokens.length];
    float[] weights = new float[tokens.length];
    int last = NONE;
    for (int i = 0; i < tokens.length; i++) {
      boolean place = tokens[i] == image;
      last += place ? 1 : 0;
      int following = last + 1 < media.size() ? last + 1 : NONE;
      medium[i] = next && !place ? following : last;
      boolean counts = corpus.beforeMedia() || medium[i] != NONE;
      weights[i] = i > 0 && !place && counts ? 1 : 0;
    }
    return new Tokenized(new TextBatch.Sequence(tokens, medium, weights), media);
  }
}
