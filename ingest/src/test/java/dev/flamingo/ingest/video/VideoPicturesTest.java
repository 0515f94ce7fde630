package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flamingo.ingest.video.EverythingDecoded.Chosen;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decoding only what is wanted gives the pictures that decoding everything gives. */
class VideoPicturesTest {

  private final FrameSourceOptions fast = FrameSourceOptions.defaults().withFast(true);
  private final EverythingDecoded everything = new EverythingDecoded();
  private final Path folder;

  VideoPicturesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource({
    "mpeg4,mp4,20,0",
    "mpeg4,mp4,7,2",
    "mpeg4,mkv,25,2",
    "mpeg4,mkv,1,0",
    "mpeg4,avi,12,2",
    "mpeg4,ts,300,2",
    "mpeg2video,ts,15,2",
    "mpeg2video,mpg,30,2",
    "mpeg1video,mkv,9,1",
    "libopenh264,mp4,20,0",
    "libopenh264,ts,300,0",
    "libvpx,webm,18,0",
    "flv,flv,20,0"
  })
  void theSamePicturesWhateverTheCodec(
      String encoder, String container, int keyframeEvery, int bFrames) throws Exception {
    Path clip =
        changing(25, 140)
            .withEncoder(encoder, keyframeEvery)
            .withBFrames(bFrames)
            .write(folder.resolve("clip." + container));
    assertSame(clip, 6);
  }

  /**
   * Test pictures of FFmpeg's ({@code testsrc2}, 96x56, 15 a second, 7 s), written by x264 and
   * x265, which tests cannot call: with pictures in between that others refer to, with open groups
   * of 20, without keyframes but the first, in fields, and in HEVC's open groups.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "pyramid.mp4",
        "open-groups.ts",
        "gradual-refresh.ts",
        "interlaced.mkv",
        "hevc.mkv"
      })
  void theSamePicturesWhateverRefersToWhat(String name) throws Exception {
    assertSame(resource(name), 7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"open-groups.ts", "gradual-refresh.ts"})
  void theSamePicturesWhereTheBeginningIsMissing(String name) throws Exception {
    byte[] bytes = Files.readAllBytes(resource(name));
    int from = bytes.length / 5 / 188 * 188;
    Path cut = folder.resolve("cut.ts");
    Files.write(cut, Arrays.copyOfRange(bytes, from, bytes.length));
    assertSame(cut, 4);
  }

  @Test
  void theSamePicturesWhereTheClockIsSetBack() throws Exception {
    byte[] bytes = Files.readAllBytes(resource("open-groups.ts"));
    Path spliced = folder.resolve("spliced.ts");
    try (var out = Files.newOutputStream(spliced)) {
      out.write(bytes, bytes.length / 2 / 188 * 188, bytes.length - bytes.length / 2 / 188 * 188);
      out.write(bytes);
    }
    assertSame(spliced, 10);
  }

  @ParameterizedTest
  @CsvSource({"0", "2"})
  void theSamePicturesWhereTheyStayOnTheScreen(int bFrames) throws Exception {
    // Every fifth picture comes late: after 2.1 s, or after one minute and more.
    long[] gaps = {3, 3, 4, 3, 21, 2, 5, 4, 3, 700};
    long[] ticks = new long[60];
    for (int i = 1; i < ticks.length; i++) {
      ticks[i] = ticks[i - 1] + gaps[i % gaps.length];
    }
    Path clip =
        changing(10, ticks.length)
            .withTicks(1, 10, i -> ticks[(int) i])
            .withBFrames(bFrames)
            .write(folder.resolve("clip.mkv"));
    assertSame(clip, 25);
  }

  @ParameterizedTest
  @ValueSource(strings = {"car-detection.mp4", "bottle-detection.mp4"})
  void theSamePicturesOfFootage(String name) throws Exception {
    Path video = Path.of(System.getProperty("flamingo.shared", "."), "videos", name);
    assumeTrue(Files.isReadable(video), "there is no " + video);
    assertSame(video, 31);
  }

  @Test
  void aDamagedStreamIsSampledAtTheSameTimes() throws Exception {
    Path clip = changing(25, 200).withBFrames(2).write(folder.resolve("clip.ts"));
    try (RandomAccessFile file = new RandomAccessFile(clip.toFile(), "rw")) {
      byte[] noise = new byte[400];
      Arrays.fill(noise, (byte) 0xA5);
      for (int i = 1; i < 8; i++) {
        file.seek(file.length() * i / 8);
        file.write(noise);
      }
    }
    assertThat(sample(clip))
        .extracting(Chosen::ptsMs)
        .isEqualTo(everything.sample(clip).stream().map(Chosen::ptsMs).toList());
  }

  @Test
  void whatNoWantedPictureNeedsIsNotDecoded() throws Exception {
    Path clip = changing(10, 80).withEncoder("mpeg4", 20).write(folder.resolve("clip.mp4"));
    List<Chosen> whole = everything.sample(clip);
    // Pictures 0 and 10 of every 20 are wanted, and the decoder gives one when it has the next.
    overwrite(clip, 20, 12);
    assertThat(everything.sample(clip)).hasSameSizeAs(whole);
    try (FrameSource source = new FrameSources().open(clip.toString(), fast)) {
      for (Chosen chosen : whole) {
        assertThat(source.next().orElseThrow().jpeg()).isEqualTo(chosen.jpeg());
      }
      assertThat(source.losses()).isEqualTo(FrameSource.Losses.NONE);
    }
  }

  /** Pictures of which each differs from its neighbours. */
  private static TestClip changing(int rate, int pictures) {
    return TestClip.steady(rate, 1, pictures).withLuma(i -> 20 + i * 37 % 200);
  }

  private Path resource(String name) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      try (InputStream in = VideoPicturesTest.class.getResourceAsStream(name)) {
        Files.copy(in, file);
      }
    }
    return file;
  }

  private void assertSame(Path video, int atLeast) throws InterruptedException {
    List<Chosen> expected = everything.sample(video);
    List<Chosen> actual = sample(video);
    assertThat(expected).hasSizeGreaterThanOrEqualTo(atLeast);
    assertThat(actual)
        .extracting(Chosen::ptsMs)
        .isEqualTo(expected.stream().map(Chosen::ptsMs).toList());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i).jpeg()).as("picture %d", i).isEqualTo(expected.get(i).jpeg());
    }
  }

  private List<Chosen> sample(Path video) throws InterruptedException {
    List<Chosen> chosen = new ArrayList<>();
    try (FrameSource source = new FrameSources().open(video.toString(), fast)) {
      Optional<SampledFrame> frame = source.next();
      while (frame.isPresent()) {
        chosen.add(new Chosen(frame.get().ptsMs(), frame.get().jpeg()));
        frame = source.next();
      }
    }
    return chosen;
  }

  /** Zeroes what the packets hold that stand at {@code from} or later in each group of many. */
  private static void overwrite(Path clip, int group, int from) throws IOException {
    try (Deadline deadline = new Deadline();
        VideoInput input = VideoInput.open(EverythingDecoded.address(clip), deadline);
        RandomAccessFile file = new RandomAccessFile(clip.toFile(), "rw")) {
      int at = 0;
      for (AVPacket packet = input.packets().next();
          packet != null;
          packet = input.packets().next()) {
        if (at++ % group >= from) {
          file.seek(packet.pos());
          file.write(new byte[packet.size()]);
        }
        av_packet_free(packet);
      }
    }
  }
}
