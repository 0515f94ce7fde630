package dev.flamingo.training.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flamingo.training.corpus.Example.Part;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Pages in MMC4's form, as M3W is: a line of JSON each, whose {@code text_list} are sentences and
 * whose {@code image_info} name pictures and the sentence that each stands before. Pictures lie
 * beside, in the folder or in {@code images}. The index takes about 50 bytes a page.
 */
public final class PageCorpus implements Corpus {

  private final List<Slice> lines;
  private final CorpusHealth health;
  private final SliceReader reader;
  private final PagePictures pictures;

  private PageCorpus(Path folder, List<Slice> lines) {
    this.lines = lines;
    health = new CorpusHealth();
    reader = new SliceReader(health);
    pictures = new PagePictures(folder, health);
  }

  /**
   * Finds the lines of all pages.
   *
   * @param folder with files named {@code *.jsonl}
   * @throws IOException if a file cannot be read, or there is not one line
   */
  public static PageCorpus open(Path folder) throws IOException {
    CorpusFolder place = new CorpusFolder(folder);
    List<Slice> lines = new ArrayList<>();
    for (Path file : place.files(1, Set.of("jsonl"))) {
      scan(file, lines);
    }
    if (lines.isEmpty()) {
      throw place.nothing("a line of JSON");
    }
    return new PageCorpus(folder, lines);
  }

  private static void scan(Path file, List<Slice> lines) throws IOException {
    try (InputStream in = new BufferedInputStream(new FileInputStream(file.toFile()), 1 << 16)) {
      long at = 0;
      long start = 0;
      int next;
      do {
        next = in.read();
        if (next == '\n' || next < 0) {
          // Nothing but a line's end in another system's writing is nothing, too.
          if (at - start > 1) {
            lines.add(new Slice(file, start, at - start));
          }
          start = at + 1;
        }
        at++;
      } while (next >= 0);
    }
  }

  @Override
  public int size() {
    return lines.size();
  }

  @Override
  public Example read(int number) throws UnreadableException {
    Slice line = lines.get(number);
    JsonNode page = reader.json(line);
    JsonNode sentences = page.path("text_list");
    if (!sentences.isArray() || sentences.isEmpty()) {
      throw health.skipped(Fault.NO_TEXT, "the page %s has no text_list".formatted(line));
    }
    List<List<Part>> before = pictures.read(page.path("image_info"), sentences.size());
    if (before.stream().allMatch(List::isEmpty)) {
      throw health.skipped(
          Fault.NO_PICTURE, "the page %s has no picture that can be read".formatted(line));
    }
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < sentences.size(); i++) {
      parts.addAll(before.get(i));
      String sentence = sentences.get(i).asText().strip();
      if (!sentence.isEmpty()) {
        parts.add(new Example.Text(sentence));
      }
    }
    return health.read(new Example(parts));
  }

  @Override
  public CorpusHealth health() {
    return health;
  }
}
