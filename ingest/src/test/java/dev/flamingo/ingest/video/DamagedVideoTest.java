package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures that are built on a damaged or missing one look whole to a decoder, and are not. */
class DamagedVideoTest {

  private static final int TS = 188;
  private static final int PICTURES = 90;
  private static final int KEYFRAME_EVERY = 15;
  private static final int DAMAGED = 20;

  private final Path folder;

  DamagedVideoTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static int luma(int picture) {
    return 40 + 6 * (picture % 30);
  }

  /** What a picture shows, by its place in the video. */
  private record Shown(int picture, int red) {

    boolean isRight() {
      return Math.abs(red - Math.round((luma(picture) - 16) * 255f / 219f)) <= 5;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "libopenh264 -b:v 500k, true",
    "libopenh264 -b:v 500k, false",
    "mpeg2video -q:v 2, true",
    "mpeg2video -q:v 2, false",
    "mpeg4 -q:v 2, true",
    "mpeg4 -q:v 2, false"
  })
  void nothingIsShownUntilTheNextKeyframe(String codec, boolean missing) throws Exception {
    Path clip = damaged(codec, missing);
    for (List<Shown> all : List.of(live(clip), recorded(clip))) {
      assertThat(all).allMatch(Shown::isRight);
      assertThat(all.stream().map(Shown::picture))
          .contains(DAMAGED - 4, 2 * KEYFRAME_EVERY, 2 * KEYFRAME_EVERY + 1, PICTURES - 2);
    }
  }

  /** Damages one picture of a transport stream, or takes it out. */
  private Path damaged(String codec, boolean missing) throws IOException {
    String view =
        "nullsrc=s=128x64:r=10:d=9,geq=lum='if(lt(X,64),40+6*mod(N,30),16)':cb=128:cr=128";
    String arguments =
        "-f lavfi -i %s -c:v %s -g 15 -bf 0 -sc_threshold 1000000000 -muxdelay 0 whole.ts";
    Path whole = FfmpegProgram.write(folder, arguments.formatted(view, codec));
    byte[] bytes = Files.readAllBytes(whole);
    ByteArrayOutputStream damaged = new ByteArrayOutputStream();
    int picture = -1;
    for (int at = 0; at < bytes.length; at += TS) {
      int pid = (bytes[at + 1] & 0x1f) << 8 | (bytes[at + 2] & 0xff);
      boolean begins = (bytes[at + 1] & 0x40) != 0;
      picture += pid == 0x100 && begins ? 1 : 0;
      if (pid == 0x100 && picture == DAMAGED) {
        if (missing) {
          continue;
        }
        // What fills a packet stands in front of its data.
        Arrays.fill(bytes, at + TS - 30, at + TS, (byte) 0x5A);
      }
      damaged.write(bytes, at, TS);
    }
    return Files.write(folder.resolve("damaged.ts"), damaged.toByteArray());
  }

  private static List<Shown> live(Path clip) throws Exception {
    List<Shown> shown = new ArrayList<>();
    try (Deadline deadline = new Deadline();
        VideoInput input = VideoInput.open(EverythingDecoded.address(clip), deadline);
        PictureDecoder decoder = PictureDecoder.open(input);
        Eye eye = new Eye(input);
        LivePictures pictures =
            new LivePictures(
                input,
                new TimedPackets(input, Clock.systemUTC(), /* heldBack= */ false),
                decoder)) {
      for (AVFrame next = pictures.next(); next != null; next = pictures.next()) {
        shown.add(eye.look(next, next.pts()));
      }
    }
    return shown;
  }

  private static List<Shown> recorded(Path clip) throws Exception {
    List<Shown> shown = new ArrayList<>();
    try (Deadline deadline = new Deadline();
        VideoInput input = VideoInput.open(EverythingDecoded.address(clip), deadline);
        PictureDecoder decoder = PictureDecoder.open(input);
        Eye eye = new Eye(input);
        VideoPictures pictures = new VideoPictures(input, decoder)) {
      for (Picture next = pictures.next(); next != null; next = pictures.next()) {
        AVFrame picture = pictures.decode(next);
        if (picture != null) {
          shown.add(eye.look(picture, next.pts()));
        }
      }
    }
    return shown;
  }

  /** Reads what a picture shows. */
  private static final class Eye implements AutoCloseable {

    private final PictureFitter fitter =
        new PictureFitter(PictureLayout.fit(96), new Rgb(128, 128, 128));
    private final JpegEncoder encoder = new JpegEncoder(96, 96, 95);
    private final VideoInput input;
    private long start = Long.MIN_VALUE;

    Eye(VideoInput input) {
      this.input = input;
    }

    Shown look(AVFrame picture, long pts) throws IOException {
      start = start == Long.MIN_VALUE ? pts : start;
      int red = TestPicture.read(encoder.encode(fitter.fit(picture))).red(20, 48);
      return new Shown((int) Math.round(input.micros(pts - start) / 100_000.0), red);
    }

    @Override
    public void close() {
      encoder.close();
      fitter.close();
    }
  }
}
