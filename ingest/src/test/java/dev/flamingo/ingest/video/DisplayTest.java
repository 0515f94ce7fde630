package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures are shown as their container or bitstream says: turned, mirrored, stretched, cut. */
class DisplayTest {

  /** Four quarters: 230 and 150 above, 80 and 20 below. */
  private static final String QUARTERS =
      "-f lavfi -i color=c=0x141414:s=128x96:r=5:d=2,drawbox=0:0:64:48:0xe6e6e6:fill,drawbox=64:0:64:48:0x969696:fill,drawbox=0:48:64:48:0x505050:fill ";

  private final Path folder;

  DisplayTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** The matrix's a, b, c and d, and the quarters as they are to be seen, row by row. */
  @ParameterizedTest
  @CsvSource({
    "1,0,0,1, 230,150,80,20",
    "-1,0,0,1, 150,230,20,80",
    "1,0,0,-1, 80,20,230,150",
    "-1,0,0,-1, 20,80,150,230",
    "0,1,-1,0, 80,230,20,150",
    "0,-1,1,0, 150,20,230,80",
    "0,1,1,0, 230,80,150,20",
    "0,-1,-1,0, 20,150,80,230",
    "0,0,0,0, 230,150,80,20"
  })
  void aDisplayMatrixTurnsAndMirrors(
      int a, int b, int c, int d, int topLeft, int topRight, int bottomLeft, int bottomRight)
      throws Exception {
    Path clip = FfmpegProgram.write(folder, QUARTERS + "-c:v mpeg4 -q:v 2 clip.mp4");
    byte[] mp4 = Files.readAllBytes(clip);
    int header = new String(mp4, StandardCharsets.ISO_8859_1).indexOf("tkhd");
    ByteBuffer matrix = ByteBuffer.wrap(mp4, header + 44, 36);
    for (int entry : new int[] {a << 16, b << 16, 0, c << 16, d << 16, 0, 0, 0, 1 << 30}) {
      matrix.putInt(entry);
    }
    Files.write(clip, mp4);
    assertQuarters(clip, b != 0, topLeft, topRight, bottomLeft, bottomRight);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 230,150,80,20",
    "2, 150,230,20,80",
    "3, 20,80,150,230",
    "4, 80,20,230,150",
    "5, 230,80,150,20",
    "6, 80,230,20,150",
    "7, 20,150,80,230",
    "8, 150,20,230,80"
  })
  void aJpegIsShownAsItsExifDataSays(
      int orientation, int topLeft, int topRight, int bottomLeft, int bottomRight)
      throws Exception {
    Path plain = FfmpegProgram.write(folder, QUARTERS + "-frames:v 1 -q:v 1 -update 1 plain.jpg");
    Path turned = Files.write(folder.resolve("turned.jpg"), withExif(plain, orientation));
    assertQuarters(turned, orientation > 4, topLeft, topRight, bottomLeft, bottomRight);
  }

  /** The orientation stands with the keyframe alone, and lasts. */
  @Test
  void anH264PictureIsShownAsItsDisplayOrientationSays() throws Exception {
    Path upright = resource("pyramid.mp4");
    Path turned =
        FfmpegProgram.write(
            folder,
            "-i pyramid.mp4 -c copy -bsf:v h264_metadata=display_orientation=insert:rotate=90 turned.ts");
    List<TestPicture> expected = all(upright);
    List<TestPicture> actual = all(turned);
    assertThat(actual).hasSize(7).hasSameSizeAs(expected);
    for (int i = 0; i < 7; i++) {
      for (int y = 24; y < 72; y += 8) {
        for (int x = 8; x < 88; x += 8) {
          assertThat(actual.get(i).green(y, 95 - x))
              .as("picture %d at %d,%d", i, x, y)
              .isCloseTo(expected.get(i).green(x, y), within(25));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -aspect 16:9 clip.webm",
        "-c:v ffv1 -aspect 16:9 clip.mkv",
        "-c:v prores_ks -aspect 16:9 clip.mov",
        "-c:v mpeg4 -aspect 16:9 clip.mkv",
        "-c:v mjpeg -aspect 16:9 clip.mp4",
        "-c:v mpeg2video -aspect 16:9 clip.ts"
      })
  void theAspectIsKeptWhoeverTellsIt(String encoding) throws Exception {
    TestPicture picture = first(FfmpegProgram.write(folder, QUARTERS + encoding));
    // 96 by 54: rows 21 to 74.
    assertThat(picture.red(20, 18)).isCloseTo(128, within(10));
    assertThat(picture.red(20, 25)).isCloseTo(230, within(10));
    assertThat(picture.red(20, 70)).isCloseTo(80, within(10));
    assertThat(picture.red(20, 78)).isCloseTo(128, within(10));
  }

  /** Matroska, 128x96, PixelCrop of 64 columns on the left and 16 rows above. */
  @Test
  void whatTheContainerCutsOffIsNotShown() throws Exception {
    TestPicture picture = first(resource("cropped.mkv"));
    // 64 by 80 in 96 by 96: columns 10 to 85.
    assertThat(picture.red(5, 20)).isCloseTo(128, within(10));
    assertThat(picture.red(15, 20)).isCloseTo(150, within(10));
    assertThat(picture.red(15, 34)).isCloseTo(150, within(10));
    assertThat(picture.red(15, 44)).isCloseTo(20, within(10));
    assertThat(picture.red(80, 90)).isCloseTo(20, within(10));
  }

  private void assertQuarters(
      Path video, boolean upended, int topLeft, int topRight, int bottomLeft, int bottomRight)
      throws Exception {
    TestPicture picture = first(video);
    assertThat(picture.red(upended ? 4 : 48, upended ? 48 : 4)).isCloseTo(128, within(4));
    assertThat(picture.red(30, 30)).isCloseTo(topLeft, within(8));
    assertThat(picture.red(66, 30)).isCloseTo(topRight, within(8));
    assertThat(picture.red(30, 66)).isCloseTo(bottomLeft, within(8));
    assertThat(picture.red(66, 66)).isCloseTo(bottomRight, within(8));
  }

  private Path resource(String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream in = DisplayTest.class.getResourceAsStream(name)) {
      Files.copy(in, file);
    }
    return file;
  }

  private static List<TestPicture> all(Path video) throws Exception {
    List<TestPicture> pictures = new ArrayList<>();
    try (FrameSource source =
        new FrameSources().open(video.toString(), FrameSourceOptions.defaults().withFast(true))) {
      for (var frame = source.next(); frame.isPresent(); frame = source.next()) {
        pictures.add(TestPicture.read(frame.get().jpeg()));
      }
    }
    return pictures;
  }

  private static TestPicture first(Path video) throws Exception {
    try (FrameSource source =
        new FrameSources().open(video.toString(), FrameSourceOptions.defaults().withFast(true))) {
      return TestPicture.read(source.next().orElseThrow().jpeg());
    }
  }

  /** The same JPEG with an EXIF segment whose only entry is the orientation. */
  private static byte[] withExif(Path jpeg, int orientation) throws IOException {
    ByteBuffer segment = ByteBuffer.allocate(36);
    segment.putShort((short) 0xffe1).putShort((short) 34);
    segment.put("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1)).putInt(8);
    segment.putShort((short) 1).putShort((short) 0x112).putShort((short) 3).putInt(1);
    segment.putShort((short) orientation).putShort((short) 0).putInt(0);
    byte[] plain = Files.readAllBytes(jpeg);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(plain, 0, 2);
    out.write(segment.array());
    out.write(plain, 2, plain.length - 2);
    return out.toByteArray();
  }
}
