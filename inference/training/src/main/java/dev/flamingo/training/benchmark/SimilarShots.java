package dev.flamingo.training.benchmark;

import dev.flamingo.model.serving.PooledFeatures;
import dev.flamingo.model.serving.SimilarExamples;
import dev.flamingo.training.frame.Medium;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * RICES: chooses the examples whose media the frozen vision encoder finds most like the item's, the
 * likest last.
 */
public final class SimilarShots implements ShotChoice {

  private final EncodedMedia media;
  private final SimilarExamples<BenchmarkItem> examples;

  private SimilarShots(EncodedMedia media, SimilarExamples<BenchmarkItem> examples) {
    this.media = media;
    this.examples = examples;
  }

  /**
   * Encodes every medium of a support set once; examples whose medium cannot be read are left out.
   *
   * @param support what is chosen from
   * @param progress gets the number of examples that are done
   * @throws IOException if none can be read
   */
  public static SimilarShots of(
      EncodedMedia media, List<BenchmarkItem> support, IntConsumer progress)
      throws IOException, InterruptedException {
    @Nullable UnaskedException unread = null;
    Map<Medium, PooledFeatures> known = new HashMap<>();
    List<SimilarExamples.Candidate<BenchmarkItem>> candidates = new ArrayList<>();
    for (int i = 0; i < support.size(); i++) {
      BenchmarkItem example = support.get(i);
      try {
        PooledFeatures features = known.get(example.medium());
        if (features == null) {
          features = media.features(example.medium());
          known.put(example.medium(), features);
        }
        candidates.add(new SimilarExamples.Candidate<>(features, example));
      } catch (UnaskedException e) {
        unread = unread == null ? e : unread;
      }
      progress.accept(i + 1);
    }
    if (unread != null && candidates.isEmpty()) {
      throw new IOException(
          "none of %d examples can be read: %s".formatted(support.size(), unread.getMessage()),
          unread);
    }
    return new SimilarShots(media, new SimilarExamples<>(candidates));
  }

  @Override
  public List<BenchmarkItem> choose(BenchmarkItem item, int count)
      throws UnaskedException, InterruptedException {
    return examples.nearest(media.features(item.medium()), count);
  }
}
