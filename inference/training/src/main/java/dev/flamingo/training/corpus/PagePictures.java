package dev.flamingo.training.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flamingo.training.corpus.Example.Media;
import dev.flamingo.training.corpus.Example.Part;
import dev.flamingo.training.frame.PictureFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The pictures beside pages; those that cannot be read are counted and left out. */
final class PagePictures {

  private static final long MAX_PAGE_BYTES = 256L << 20;

  private final PictureFile pictures = new PictureFile();
  private final List<Path> places;
  private final CorpusHealth health;

  PagePictures(Path folder, CorpusHealth health) {
    Path root = folder.toAbsolutePath().normalize();
    places = List.of(root, root.resolve("images"));
    this.health = health;
  }

  /**
   * Reads a page's pictures.
   *
   * @param listing the page's {@code image_info}
   * @return for every sentence the pictures before it, as they are listed
   */
  List<List<Part>> read(JsonNode listing, int sentences) {
    List<List<Part>> before = new ArrayList<>();
    for (int i = 0; i < sentences; i++) {
      before.add(new ArrayList<>());
    }
    long bytes = 0;
    for (JsonNode picture : listing) {
      String name = picture.path("image_name").asText("");
      int sentence = picture.path("matched_text_index").asInt(-1);
      if (sentence < 0 || sentence >= sentences) {
        health.leftOut(Fault.NO_TEXT, "the picture '%s' stands before no sentence".formatted(name));
      } else if (bytes > MAX_PAGE_BYTES) {
        health.leftOut(
            Fault.TOO_LARGE, "pictures before '%s' fill a page's memory".formatted(name));
      } else {
        byte[] jpeg = jpeg(name);
        bytes += jpeg.length;
        if (jpeg.length > 0) {
          before.get(sentence).add(Media.picture(jpeg));
        }
      }
    }
    return before;
  }

  /** Returns no bytes of a picture that cannot be read. */
  private byte[] jpeg(String name) {
    try {
      for (Path place : places) {
        // Names are what strangers wrote: they must not lead out of the folder.
        Path file = place.resolve(name).normalize();
        if (file.startsWith(place) && Files.isRegularFile(file)) {
          return pictures.jpeg(file);
        }
      }
      health.leftOut(
          Fault.MISSING_PICTURE, "there is no picture '%s' in %s".formatted(name, places.get(0)));
    } catch (InvalidPathException e) {
      health.leftOut(
          Fault.MISSING_PICTURE, "a picture's name is no file's: %s".formatted(e.getMessage()));
    } catch (IOException e) {
      health.leftOut(Fault.DAMAGED_MEDIUM, "%s cannot be read: %s".formatted(name, e.getMessage()));
    }
    return new byte[0];
  }
}
