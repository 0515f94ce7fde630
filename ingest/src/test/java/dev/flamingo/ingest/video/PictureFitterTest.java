package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class PictureFitterTest {

  @Test
  void pixelsThatAreNotSquareAreStretched() throws Exception {
    AVFrame half = brightLeft(48, 96);
    half.sample_aspect_ratio().num(4).den(1);
    try (PictureFitter fitter = new PictureFitter(96, new Rgb(128, 128, 128));
        JpegEncoder encoder = new JpegEncoder(96, 96, 95)) {
      TestPicture picture = TestPicture.read(encoder.encode(fitter.fit(half)));
      assertThat(picture.red(3, 48)).isCloseTo(220, within(5));
      assertThat(picture.red(92, 48)).isCloseTo(20, within(5));
      assertThat(picture.red(48, 10)).isCloseTo(128, within(3));
    } finally {
      av_frame_free(half);
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
