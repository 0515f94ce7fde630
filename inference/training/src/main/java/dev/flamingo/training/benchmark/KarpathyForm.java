package dev.flamingo.training.benchmark;

import dev.flamingo.training.frame.Medium;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** COCO and Flickr30K captions in Karpathy's splits: one file for all parts. */
final class KarpathyForm implements BenchmarkForm {

  private static final Set<String> TRAIN = Set.of("train", "restval");

  private final String file;
  private final String pictures;

  /**
   * Makes a form.
   *
   * @param pictures folder of pictures that name no folder of their own
   */
  KarpathyForm(String file, String pictures) {
    this.file = file;
    this.pictures = pictures;
  }

  @Override
  public List<BenchmarkItem> read(BenchmarkFolder data, Split split) throws IOException {
    List<BenchmarkItem> items = new ArrayList<>();
    for (JsonRecord image : data.json(file).get("images").list()) {
      String part = image.text("split");
      if (split == Split.QUERY ? part.equals("test") : TRAIN.contains(part)) {
        List<String> captions = new ArrayList<>();
        for (JsonRecord sentence : image.get("sentences").list()) {
          captions.add(sentence.text("raw").strip());
        }
        String folder = image.has("filepath") ? image.text("filepath") : pictures;
        String name = image.text("filename");
        items.add(BenchmarkItem.caption(name, Medium.of(data.path(folder + "/" + name)), captions));
      }
    }
    return items;
  }
}
