package dev.flamingo.standalone.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A moving test picture with noise as an H.264 file of 30 frames a second, with a keyframe every
 * two seconds. The encoder in the libraries that ingest uses writes no B-frames: a video that has
 * them is named by {@code --video}.
 *
 * @param width pixels
 * @param height pixels
 * @param seconds length
 */
record TestVideo(int width, int height, int seconds) {

  /** A minute of 1080p. */
  static final TestVideo FULL_HD = new TestVideo(1920, 1080, 60);

  /** Few and small pictures. */
  static final TestVideo SMALL = new TestVideo(320, 180, 4);

  private static final int RATE = 30;
  private static final int KEYFRAME_EVERY = 60;
  private static final double BITS_PER_PIXEL = 0.1;

  /** Returns what it is, in a few words. */
  String description() {
    return "%d s of %dx%d at %d frames/s, h264, a keyframe every %d frames, no B-frames"
        .formatted(seconds, width, height, RATE, KEYFRAME_EVERY);
  }

  /**
   * Writes it.
   *
   * @throws IOException if ffmpeg fails
   */
  Path write(FfmpegProgram ffmpeg, Path folder) throws IOException, InterruptedException {
    Path file = folder.resolve("video.mp4");
    String picture =
        "testsrc2=size=%dx%d:rate=%d:duration=%d".formatted(width, height, RATE, seconds);
    double rate = BITS_PER_PIXEL * width * height * RATE;
    ffmpeg.run(
        folder.resolve("ffmpeg.log"),
        List.of(
            "-f",
            "lavfi",
            "-i",
            picture + ",noise=alls=6:allf=t",
            "-pix_fmt",
            "yuv420p",
            "-c:v",
            "libopenh264",
            "-b:v",
            Long.toString(Math.round(rate)),
            "-g",
            Integer.toString(KEYFRAME_EVERY),
            file.toString()));
    return file;
  }
}
