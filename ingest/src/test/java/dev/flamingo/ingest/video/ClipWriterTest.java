package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipWriterTest {

  private static final int SIZE = 96;
  private static final int SECONDS = 8;

  private final Path folder;

  ClipWriterTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void everyPictureIsASecondAndKeepsItsColours() throws Exception {
    Path file = folder.resolve("clip.mp4");
    new ClipWriter(SIZE, SIZE).write(file, pictures());
    FrameSourceOptions options = FrameSourceOptions.defaults().withFast(true).withSize(SIZE);
    List<SampledFrame> frames = new ArrayList<>();
    try (FrameSource source = new FrameSources().open(file.toString(), options)) {
      for (Optional<SampledFrame> frame = source.next(); frame.isPresent(); frame = source.next()) {
        frames.add(frame.get());
      }
    }
    assertThat(frames).hasSize(SECONDS);
    for (int second = 0; second < SECONDS; second++) {
      assertThat(frames.get(second).ptsMs()).isEqualTo(1000L * second);
      TestPicture picture = TestPicture.read(frames.get(second).jpeg());
      assertThat(picture.red(50, 50)).isCloseTo(200, within(4));
      assertThat(picture.green(50, 50)).isCloseTo(20 * second, within(4));
      assertThat(picture.blue(50, 50)).isCloseTo(30, within(4));
    }
  }

  @Test
  void theSamePicturesGiveTheSameBytes() throws Exception {
    Path one = folder.resolve("one.mp4");
    Path other = folder.resolve("other.mp4");
    new ClipWriter(SIZE, SIZE).write(one, pictures());
    new ClipWriter(SIZE, SIZE).write(other, pictures());
    assertThat(Files.readAllBytes(one)).isEqualTo(Files.readAllBytes(other));
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed() {
    Path file = folder.resolve("gone/clip.mp4");
    assertThatThrownBy(() -> new ClipWriter(SIZE, SIZE).write(file, pictures()))
        .isInstanceOf(VideoException.class)
        .hasMessage("cannot write %s: no such file or directory", file);
  }

  private static List<byte[]> pictures() {
    List<byte[]> jpegs = new ArrayList<>();
    try (JpegEncoder encoder = new JpegEncoder(SIZE, SIZE, JpegEncoder.DEFAULT_QUALITY)) {
      for (int second = 0; second < SECONDS; second++) {
        byte[] rgb = new byte[SIZE * SIZE * 3];
        for (int i = 0; i < rgb.length; i += 3) {
          rgb[i] = (byte) 200;
          rgb[i + 1] = (byte) (20 * second);
          rgb[i + 2] = 30;
        }
        jpegs.add(encoder.encode(rgb));
      }
    }
    return jpegs;
  }
}
