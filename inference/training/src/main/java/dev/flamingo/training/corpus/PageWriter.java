package dev.flamingo.training.corpus;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingo.training.corpus.Example.Media;
import dev.flamingo.training.corpus.Example.Part;
import dev.flamingo.training.corpus.Example.Text;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes pages as {@link PageCorpus} reads them.
 *
 * <p>Not thread-safe.
 */
public final class PageWriter implements AutoCloseable {

  private final ObjectMapper mapper = new ObjectMapper();
  private final Path images;
  private final Writer lines;
  private int pages;

  /**
   * Begins a corpus.
   *
   * @param folder is made if it is not there
   * @throws IOException if it cannot be written
   */
  public PageWriter(Path folder) throws IOException {
    images = Files.createDirectories(folder.resolve("images"));
    lines = Files.newBufferedWriter(folder.resolve("pages-00000.jsonl"));
  }

  /**
   * Writes a page.
   *
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if it holds a video, or a picture stands before no text
   */
  public void write(Example page) throws IOException {
    ObjectNode json = mapper.createObjectNode();
    ArrayNode texts = json.putArray("text_list");
    ArrayNode pictures = json.putArray("image_info");
    int matched = 0;
    for (Part part : page.parts()) {
      if (part instanceof Text text) {
        texts.add(text.text());
        matched = pictures.size();
      } else if (part instanceof Media media) {
        String name = "%08d-%d.jpg".formatted(pages, pictures.size());
        pictures.addObject().put("image_name", name).put("matched_text_index", texts.size());
        Files.write(images.resolve(name), picture(media));
      }
    }
    if (matched < pictures.size()) {
      throw new IllegalArgumentException("a page ends with a picture: put a text behind it");
    }
    lines.write(mapper.writeValueAsString(json));
    lines.write('\n');
    pages++;
  }

  private static byte[] picture(Media media) {
    if (media.jpegs().size() != 1) {
      throw new IllegalArgumentException(
          "a page shows pictures, but got a video of %d frames".formatted(media.jpegs().size()));
    }
    return media.jpegs().get(0);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
