package dev.flamingo.training.corpus;

import dev.flamingo.training.corpus.Example.Media;
import dev.flamingo.training.corpus.ShardIndex.Pair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Pairs of a picture and a text in WebDataset's form, as ALIGN and LTIP are: tar shards whose
 * members {@code KEY.jpg} (or {@code jpeg}, {@code png}) and {@code KEY.txt} (or {@code KEY.json}
 * with a field {@code caption}) belong together. The index takes about 100 bytes a pair.
 */
public final class PairCorpus implements Corpus {

  private final List<Pair> pairs;
  private final CorpusHealth health;
  private final SliceReader reader;

  private PairCorpus(List<Pair> pairs, CorpusHealth health) {
    this.pairs = pairs;
    this.health = health;
    reader = new SliceReader(health);
  }

  /**
   * Reads the headers of all shards. Keys without a picture or a caption are left out; so is what
   * stands behind the damage of a shard.
   *
   * @param folder with files named {@code *.tar}
   * @throws IOException if there is not one pair
   */
  public static PairCorpus open(Path folder) throws IOException {
    CorpusFolder place = new CorpusFolder(folder);
    CorpusHealth health = new CorpusHealth();
    ShardIndex index = new ShardIndex(health);
    List<Pair> pairs = new ArrayList<>();
    for (Path shard : place.files(1, Set.of("tar"))) {
      pairs.addAll(index.pairs(shard));
    }
    if (pairs.isEmpty()) {
      throw place.nothing("a picture and a text of one name in a shard");
    }
    return new PairCorpus(pairs, health);
  }

  @Override
  public int size() {
    return pairs.size();
  }

  @Override
  public Example read(int number) throws UnreadableException {
    Pair pair = pairs.get(number);
    String caption =
        pair.json()
            ? reader.json(pair.caption()).path("caption").asText("").strip()
            : reader.text(pair.caption());
    if (caption.isEmpty()) {
      throw health.skipped(Fault.NO_TEXT, "%s is empty".formatted(pair.caption()));
    }
    return health.read(Example.pair(Media.picture(reader.picture(pair.picture())), caption));
  }

  @Override
  public CorpusHealth health() {
    return health;
  }
}
