package dev.flamingo.training.corpus;

import dev.flamingo.ingest.video.ClipWriter;
import dev.flamingo.training.corpus.Example.Media;
import dev.flamingo.training.corpus.Example.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes videos as {@link VideoCorpus} reads them.
 *
 * <p>Not thread-safe.
 */
public final class VideoWriter {

  private final Path folder;
  private final ClipWriter clips;
  private int videos;

  /**
   * Begins a corpus.
   *
   * @param folder is made if it is not there
   * @param size side of every frame in pixels
   * @throws IOException if it cannot be made
   */
  public VideoWriter(Path folder, int size) throws IOException {
    this.folder = Files.createDirectories(folder);
    clips = new ClipWriter(size, size);
  }

  /**
   * Writes a video at one frame a second.
   *
   * @param pair a video, then a text
   * @throws IOException if the text cannot be written
   * @throws dev.flamingo.ingest.video.VideoException if the video cannot be written
   * @throws IllegalArgumentException if it is anything else
   */
  public void write(Example pair) throws IOException {
    if (pair.parts().size() == 2
        && pair.parts().get(0) instanceof Media media
        && pair.parts().get(1) instanceof Text text) {
      String name = "%09d".formatted(videos);
      clips.write(folder.resolve(name + ".mp4"), media.jpegs());
      Files.writeString(folder.resolve(name + ".txt"), text.text());
      videos++;
    } else {
      throw new IllegalArgumentException("a video's example is a medium and a text");
    }
  }
}
