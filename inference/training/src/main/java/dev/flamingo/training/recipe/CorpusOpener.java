package dev.flamingo.training.recipe;

import dev.flamingo.training.corpus.Corpus;
import dev.flamingo.training.corpus.PageCorpus;
import dev.flamingo.training.corpus.PairCorpus;
import dev.flamingo.training.corpus.VideoCorpus;
import java.io.IOException;
import java.nio.file.Path;

/** Opens the corpora that a recipe names. */
final class CorpusOpener {

  private final Path base;
  private final int size;
  private final int frames;

  /**
   * Prepares to open corpora.
   *
   * @param base what their folders are relative to
   * @param size side of a video's frames in pixels
   * @param frames the most frames of a video
   */
  CorpusOpener(Path base, int size, int frames) {
    this.base = base;
    this.size = size;
    this.frames = frames;
  }

  Corpus open(CorpusRecipe corpus) throws IOException {
    Path folder = base.resolve(corpus.data());
    return switch (corpus.kind()) {
      case PAGES -> PageCorpus.open(folder);
      case PAIRS -> PairCorpus.open(folder);
      case VIDEOS -> VideoCorpus.open(folder, size, frames);
    };
  }
}
