package dev.flamingo.training.recipe;

import dev.flamingo.model.bundle.FramePreprocessor;
import dev.flamingo.training.corpus.CorpusSampler;
import dev.flamingo.training.corpus.Example;
import dev.flamingo.training.objective.Contrastive;
import dev.flamingo.training.objective.TextBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Makes batches of a corpus: the next readable examples, as tokens and pixels. Seed and step decide
 * a batch.
 */
final class BatchMaker {

  private final CorpusSampler sampler;
  private final ExampleTokens tokens;
  private final Augmentation augmentation;
  private final FramePreprocessor preprocessor;
  private final long padding;
  private final long seed;

  /**
   * Prepares to make batches.
   *
   * @param padding the token behind the end of a sequence
   */
  BatchMaker(
      CorpusSampler sampler,
      ExampleTokens tokens,
      Augmentation augmentation,
      FramePreprocessor preprocessor,
      long padding,
      long seed) {
    this.sampler = sampler;
    this.tokens = tokens;
    this.augmentation = augmentation;
    this.preprocessor = preprocessor;
    this.padding = padding;
    this.seed = seed;
  }

  /** Returns text with the media that it sees. */
  SeenBatch seen(int step) {
    SplittableRandom random = random(step);
    List<TextBatch.Sequence> sequences = new ArrayList<>();
    List<List<float[][]>> media = new ArrayList<>();
    for (Example example : examples(step)) {
      ExampleTokens.Tokenized tokenized = tokens.of(example, random);
      Augmentation.Change change = augmentation.draw(example, random);
      sequences.add(tokenized.text());
      media.add(tokenized.media().stream().map(medium -> pixels(medium, change)).toList());
    }
    return grouped(TextBatch.of(sequences, padding), media);
  }

  /** Returns text that sees nothing. */
  TextBatch blind(int step) {
    SplittableRandom random = random(step);
    return TextBatch.of(
        examples(step).stream()
            .map(example -> tokens.blind(example, Integer.MAX_VALUE, random))
            .toList(),
        padding);
  }

  /** Returns one frame of every example and its text. */
  SeenBatch captioned(int step) {
    SplittableRandom random = random(step);
    List<TextBatch.Sequence> captions = new ArrayList<>();
    List<List<float[][]>> frames = new ArrayList<>();
    for (Example example : examples(step)) {
      ExampleTokens.Tokenized tokenized = tokens.of(example, random);
      Augmentation.Change change = augmentation.draw(example, random);
      List<byte[]> jpegs = tokenized.media().get(0).jpegs();
      byte[] jpeg = jpegs.get(random.nextInt(jpegs.size()));
      captions.add(tokens.blind(example, Contrastive.CONTEXT, random));
      frames.add(Collections.singletonList(pixels(Example.Media.picture(jpeg), change)));
    }
    return grouped(TextBatch.of(captions, padding), frames);
  }

  private List<Example> examples(int step) {
    try {
      return sampler.batch(step);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("reading step %d was interrupted".formatted(step), e);
    }
  }

  private SplittableRandom random(int step) {
    return new SplittableRandom(seed * 1_000_003 + step);
  }

  private float[][] pixels(Example.Media medium, Augmentation.Change change) {
    float[][] frames = new float[medium.jpegs().size()][];
    for (int i = 0; i < frames.length; i++) {
      try {
        frames[i] = preprocessor.fromJpeg(medium.jpegs().get(i));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      change.apply(frames[i], preprocessor.size());
    }
    return frames;
  }

  private SeenBatch grouped(TextBatch text, List<List<float[][]>> media) {
    Map<Integer, List<float[][]>> byLength =
        media.stream()
            .flatMap(List::stream)
            .collect(
                Collectors.groupingBy(frames -> frames.length, TreeMap::new, Collectors.toList()));
    IdentityHashMap<float[][], Integer> numbers = new IdentityHashMap<>();
    byLength.values().forEach(same -> same.forEach(one -> numbers.put(one, numbers.size())));
    int most = media.stream().mapToInt(List::size).max().orElse(0);
    int[][] rows =
        media.stream()
            .map(row -> row.stream().mapToInt(one -> numbers.getOrDefault(one, 0)).toArray())
            .map(row -> Arrays.copyOf(row, most))
            .toArray(int[][]::new);
    List<SeenBatch.Group> groups = new ArrayList<>();
    byLength.forEach((frames, same) -> groups.add(group(frames, same)));
    return new SeenBatch(text, groups, rows);
  }

  private SeenBatch.Group group(int frames, List<float[][]> media) {
    int values = 3 * preprocessor.size() * preprocessor.size();
    float[] pixels = new float[media.size() * frames * values];
    int at = 0;
    for (float[][] medium : media) {
      for (float[] frame : medium) {
        System.arraycopy(frame, 0, pixels, at, values);
        at += values;
      }
    }
    return new SeenBatch.Group(media.size(), frames, pixels);
  }
}
