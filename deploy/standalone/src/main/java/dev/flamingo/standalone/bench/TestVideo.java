package dev.flamingo.standalone.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A moving test picture with noise as an H.264 file of 30 frames a second, with a keyframe every
 * two seconds. It has B-frames where an encoder that writes them is there: x264 is, by its licence,
 * only in what is fetched for measuring.
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
  private static final int B_FRAMES = 2;
  private static final double BITS_PER_PIXEL = 0.1;
  private static final String X264 = "libx264";
  private static final String OPENH264 = "libopenh264";

  /**
   * Returns what it is, in a few words.
   *
   * @param ffmpeg what it is written by
   */
  String description(FfmpegProgram ffmpeg) {
    return "%d s of %dx%d at %d frames/s, h264 by %s, a keyframe every %d frames, %s"
        .formatted(
            seconds,
            width,
            height,
            RATE,
            bidirectional(ffmpeg) ? X264 : OPENH264,
            KEYFRAME_EVERY,
            bidirectional(ffmpeg)
                ? "up to %d B-frames in a row".formatted(B_FRAMES)
                : "no B-frames");
  }

  private static boolean bidirectional(FfmpegProgram ffmpeg) {
    return ffmpeg.encodes(X264);
  }

  /**
   * Writes it.
   *
   * @throws IOException if ffmpeg fails
   */
  Path write(FfmpegProgram ffmpeg, Path folder) throws IOException, InterruptedException {
    Path file = folder.resolve("video.mp4");
    String picture =
        "testsrc2=size=%dx%d:rate=%d:duration=%d,noise=alls=6:allf=t"
            .formatted(width, height, RATE, seconds);
    long rate = Math.round(BITS_PER_PIXEL * width * height * RATE);
    List<String> arguments = new ArrayList<>(List.of("-f", "lavfi", "-i", picture));
    arguments.addAll(List.of("-pix_fmt", "yuv420p", "-b:v", Long.toString(rate)));
    arguments.addAll(List.of("-g", Integer.toString(KEYFRAME_EVERY)));
    if (bidirectional(ffmpeg)) {
      // No keyframes but those that are due.
      arguments.addAll(List.of("-c:v", X264, "-preset", "veryfast", "-sc_threshold", "0"));
      arguments.addAll(List.of("-bf", Integer.toString(B_FRAMES)));
    } else {
      arguments.addAll(List.of("-c:v", OPENH264));
    }
    arguments.add(file.toString());
    ffmpeg.run(folder.resolve("ffmpeg.log"), arguments);
    return file;
  }
}
