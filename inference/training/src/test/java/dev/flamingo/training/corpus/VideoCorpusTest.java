package dev.flamingo.training.corpus;

import static dev.flamingo.training.corpus.TinyCorpus.red;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.flamingo.training.corpus.Example.Media;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoCorpusTest {

  private static final int SIZE = 32;

  private final Path folder;
  private final TinyCorpus tiny;

  VideoCorpusTest(@TempDir Path folder) {
    this.folder = folder;
    tiny = new TinyCorpus(folder);
  }

  /** Writes a video whose red rises by 20 a second. */
  private void video(String place, int seconds, String caption) throws IOException {
    List<byte[]> frames = new ArrayList<>();
    for (int second = 0; second < seconds; second++) {
      frames.add(TinyCorpus.picture(new Color(20 * second, 0, 0), "jpg"));
    }
    new VideoWriter(folder.resolve(place), 40).write(Example.pair(new Media(frames), caption));
  }

  @Test
  void videosAreFoundInFoldersAndSeenOnceASecond() throws Exception {
    video("a/b", 5, "it gets lighter");
    video("c", 10, "it gets much lighter");
    VideoCorpus corpus = VideoCorpus.open(folder, SIZE, 5);
    assertThat(corpus.size()).isEqualTo(2);
    assertThat(reds(corpus.read(0))).containsExactly(0, 20, 40, 60, 80);
    assertThat(corpus.read(0).parts().get(1)).isEqualTo(new Example.Text("it gets lighter"));
    // Evenly spread: the middle of every fifth.
    assertThat(reds(corpus.read(1))).containsExactly(20, 60, 100, 140, 180);
  }

  @Test
  void videosWithoutACaptionAreLeftOutAndDamagedOnesSkipped() throws Exception {
    video("a", 2, "two seconds");
    video("b", 2, "gone");
    Files.delete(folder.resolve("b/000000000.txt"));
    tiny.lines("c/x.MP4", "no video").lines("c/x.txt", "no video at all");
    video("d", 2, "  ");
    VideoCorpus corpus = VideoCorpus.open(folder, SIZE, 8);
    assertThat(corpus.size()).isEqualTo(3);
    assertThat(reds(corpus.read(0))).containsExactly(0, 20);
    assertThatThrownBy(() -> corpus.read(1))
        .isInstanceOf(UnreadableException.class)
        .hasMessageStartingWith(folder.resolve("c/x.MP4") + " cannot be read: ");
    assertThatThrownBy(() -> corpus.read(2)).hasMessageEndingWith(" is empty");
    assertThat(corpus.health().count(Fault.NO_TEXT)).isEqualTo(2);
    assertThat(corpus.health().count(Fault.DAMAGED_MEDIUM)).isEqualTo(1);
    assertThat(corpus.health().skipped()).isEqualTo(2);
  }

  @Test
  void whatCannotBeACorpusIsRefused() throws Exception {
    assertThatThrownBy(() -> VideoCorpus.open(folder, SIZE, 31))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a video has 1 to 30 frames, but 31 were asked for");
    assertThatThrownBy(() -> VideoCorpus.open(folder, SIZE, 8)).hasMessageContaining("mkv, mp4");
    tiny.lines("x.mp4", "alone");
    assertThatThrownBy(() -> VideoCorpus.open(folder, SIZE, 8))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("which takes a video and a .txt of the same name");
  }

  private static List<Integer> reds(Example example) throws IOException {
    List<Integer> reds = new ArrayList<>();
    for (byte[] jpeg : ((Media) example.parts().get(0)).jpegs()) {
      int level = red(jpeg);
      int nearest = (level + 10) / 20 * 20;
      assertThat(level).isCloseTo(nearest, within(5));
      reds.add(nearest);
    }
    return reds;
  }
}
