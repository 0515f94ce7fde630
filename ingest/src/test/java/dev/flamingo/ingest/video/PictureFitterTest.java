package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import dev.flamingo.events.ResizeRule;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureFitterTest {

  @Test
  void pixelsThatAreNotSquareAreStretched() throws Exception {
    AVFrame half = brightLeft(48, 96);
    half.sample_aspect_ratio().num(4).den(1);
    try (PictureFitter fitter = new PictureFitter(PictureLayout.fit(96), new Rgb(128, 128, 128));
        JpegEncoder encoder = new JpegEncoder(96, 96, 95)) {
      TestPicture picture = TestPicture.read(encoder.encode(fitter.fit(half)));
      assertThat(picture.red(3, 48)).isCloseTo(220, within(5));
      assertThat(picture.red(92, 48)).isCloseTo(20, within(5));
      assertThat(picture.red(48, 10)).isCloseTo(128, within(3));
    } finally {
      av_frame_free(half);
    }
  }

  @Test
  void aPictureOfTheFramesSizeGetsTheFullRangeToo() throws Exception {
    AVFrame same = brightLeft(96, 96);
    same.color_range(AVCOL_RANGE_MPEG);
    try (FittedJpeg frames =
        new FittedJpeg(PictureLayout.fit(96), new Rgb(0, 0, 0), /* quality= */ 95)) {
      TestPicture picture = TestPicture.read(frames.encode(same).bytes());
      assertThat(picture.red(3, 48)).isCloseTo(237, within(4));
      assertThat(picture.red(92, 48)).isCloseTo(5, within(4));
    } finally {
      av_frame_free(same);
    }
  }

  @Test
  void aCroppedPictureFillsTheSquareFromItsMiddle() throws Exception {
    AVFrame wide = brightLeft(192, 96);
    try (FittedJpeg frames =
        new FittedJpeg(PictureLayout.crop(96), new Rgb(255, 0, 0), /* quality= */ 95)) {
      TestPicture picture = TestPicture.read(frames.encode(wide).bytes());
      assertThat(picture.red(3, 3)).isCloseTo(220, within(5));
      assertThat(picture.red(40, 92)).isCloseTo(220, within(8));
      assertThat(picture.red(56, 92)).isCloseTo(20, within(8));
      assertThat(picture.red(92, 3)).isCloseTo(20, within(5));
    } finally {
      av_frame_free(wide);
    }
  }

  @Test
  void aSquashedPictureIsSeenWhole() throws Exception {
    AVFrame wide = brightLeft(192, 32);
    FrameFormat squash = new FrameFormat("", 96, ResizeRule.SQUASH, new Rgb(255, 0, 0));
    try (FittedJpeg frames = new FittedJpeg(squash.layout(), squash.padding(), 95)) {
      TestPicture picture = TestPicture.read(frames.encode(wide).bytes());
      assertThat(picture.red(3, 3)).isCloseTo(220, within(5));
      assertThat(picture.red(92, 92)).isCloseTo(20, within(5));
    } finally {
      av_frame_free(wide);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1920, 1080, 640, 360",
    "128, 96, 128, 96",
    "480, 5120, 120, 1280",
    "4000, 10, 640, 2"
  })
  void aPictureForPeopleKeepsItsAspectAndIsNeverEnlarged(
      int width, int height, int shownWidth, int shownHeight) {
    AVFrame picture = brightLeft(width, height);
    try (FittedJpeg frames =
        new FittedJpeg(PictureLayout.within(640, 1_280), new Rgb(0, 0, 0), 80)) {
      Jpeg jpeg = frames.encode(picture);
      assertThat(jpeg.width()).isEqualTo(shownWidth);
      assertThat(jpeg.height()).isEqualTo(shownHeight);
    } finally {
      av_frame_free(picture);
    }
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
