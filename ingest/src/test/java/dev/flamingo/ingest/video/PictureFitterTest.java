package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureFitterTest {

  /** A bright left half comes to lie where the turn puts it: the bright point and the dark one. */
  @ParameterizedTest
  @CsvSource({"0,20,48,76,48", "1,48,20,48,76", "2,76,48,20,48", "3,48,76,48,20"})
  void quarterTurnsAreClockwise(int turns, int brightX, int brightY, int darkX, int darkY)
      throws Exception {
    AVFrame half = brightLeft(64, 32);
    try (PictureFitter fitter = new PictureFitter(96, new Rgb(128, 128, 128));
        JpegEncoder encoder = new JpegEncoder(96, 96, 95)) {
      TestPicture picture = TestPicture.read(encoder.encode(fitter.fit(half, turns)));
      assertThat(picture.red(brightX, brightY)).isCloseTo(220, within(5));
      assertThat(picture.red(darkX, darkY)).isCloseTo(20, within(5));
      assertThat(picture.red(5, 5)).isCloseTo(128, within(3));
    } finally {
      av_frame_free(half);
    }
  }

  @Test
  void pixelsThatAreNotSquareAreStretched() throws Exception {
    AVFrame half = brightLeft(48, 96);
    half.sample_aspect_ratio().num(4).den(1);
    try (PictureFitter fitter = new PictureFitter(96, new Rgb(128, 128, 128));
        JpegEncoder encoder = new JpegEncoder(96, 96, 95)) {
      TestPicture picture = TestPicture.read(encoder.encode(fitter.fit(half, 0)));
      assertThat(picture.red(3, 48)).isCloseTo(220, within(5));
      assertThat(picture.red(92, 48)).isCloseTo(20, within(5));
      assertThat(picture.red(48, 10)).isCloseTo(128, within(3));
    } finally {
      av_frame_free(half);
    }
  }

  @Test
  void aVideoFilmedUprightIsShownUpright(@TempDir Path folder) throws Exception {
    Path clip = TestClip.steady(5, 1, 5).withLuma(i -> 200).write(folder.resolve("phone.mp4"));
    Files.write(clip, turned(Files.readAllBytes(clip)));
    try (FrameSource source =
        new FrameSources().open(clip.toString(), FrameSourceOptions.defaults().withFast(true))) {
      TestPicture picture = TestPicture.read(source.next().orElseThrow().jpeg());
      assertThat(picture.red(48, 20)).isGreaterThan(150);
      assertThat(picture.red(48, 76)).isLessThan(40);
    }
  }

  /** Writes a clockwise quarter turn into the track header's matrix, as phones do. */
  private static byte[] turned(byte[] mp4) {
    int header = new String(mp4, StandardCharsets.ISO_8859_1).indexOf("tkhd");
    ByteBuffer matrix = ByteBuffer.wrap(mp4, header + 44, 36);
    for (int entry : new int[] {0, 1 << 16, 0, -1 << 16, 0, 0, 64 << 16, 0, 1 << 30}) {
      matrix.putInt(entry);
    }
    return mp4;
  }

  private static AVFrame brightLeft(int width, int height) {
    AVFrame frame = Frames.allocate(width, height, AV_PIX_FMT_YUV420P);
    for (int y = 0; y < height; y++) {
      Pointer row = frame.data(0).position((long) y * frame.linesize(0));
      Pointer.memset(row, 20, width);
      Pointer.memset(row, 220, width / 2);
    }
    for (int plane = 1; plane < 3; plane++) {
      Pointer.memset(frame.data(plane), 128, (long) frame.linesize(plane) * height / 2);
    }
    return frame;
  }
}
