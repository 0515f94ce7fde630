package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedVideoTest {

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final FrameSources sources = new FrameSources();
  private final FrameSourceOptions fast =
      FrameSourceOptions.defaults().withFast(true).withStartAt(START);

  private final Path folder;

  RecordedVideoTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource({
    "30,1,mp4,0",
    "25,1,mp4,2",
    "30000,1001,mkv,0",
    "24000,1001,mp4,2",
    "15,2,avi,0",
    "25,1,ts,2",
    "1,1,mp4,0",
    "50,1,mkv,0"
  })
  void everySecondGivesItsOwnPicture(int num, int den, String container, int bFrames)
      throws Exception {
    int frames = 6 * num / den;
    Path clip =
        TestClip.steady(num, den, frames)
            .withBFrames(bFrames)
            .write(folder.resolve("clip." + container));
    List<SampledFrame> sampled = read(clip.toString());
    assertThat(sampled).hasSize(6);
    for (int second = 0; second < 6; second++) {
      SampledFrame frame = sampled.get(second);
      assertThat(frame.index()).isEqualTo(second);
      assertThat(frame.ptsMs()).isBetween(second * 1000L, second * 1000L + 1000L * den / num);
      assertThat(frame.captureTime()).isEqualTo(START.plusMillis(frame.ptsMs()));
      assertShows(frame, TestClip.brightness(second));
    }
  }

  @Test
  @Timeout(60)
  void closingEndsAWaitForTheNextPicture() throws Exception {
    Path clip = TestClip.steady(1, 1, 300).write(folder.resolve("clip.mp4"));
    try (FrameSource source = sources.open(clip.toString(), fast.withFast(false))) {
      assertThat(source.next()).isPresent();
      CompletableFuture<Void> reading =
          CompletableFuture.runAsync(
              () -> {
                try {
                  while (source.next().isPresent()) {
                    // The next one comes a second later.
                  }
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      source.close();
      reading.get();
    }
  }

  @ParameterizedTest
  @CsvSource({"qtrle,mov", "rpza,mov", "flashsv,flv", "cfhd,mov"})
  void decodersThatDoNotSayWhatAPictureIsAreTrusted(String codec, String container)
      throws Exception {
    Path clip = folder.resolve("clip." + container);
    List<String> arguments = List.of("-f", "lavfi", "-i", "testsrc2=s=64x48:r=5:d=3", "-c:v");
    try (FfmpegSender program =
        FfmpegSender.run(
            Stream.concat(arguments.stream(), Stream.of(codec, clip.toString())).toList())) {
      program.await();
    }
    assertThat(read(clip.toString())).hasSize(3);
  }

  @Test
  void aVariableRateWithAnOddTimeBaseKeepsTheStillPicture() throws Exception {
    // Thirds of a tenth of a second: pictures at 0.0, 0.3, 0.9, 1.2, 4.2, 4.5 s.
    long[] ticks = {0, 9, 27, 36, 126, 135};
    int[] luma = {50, 60, 70, 80, 90, 100};
    Path clip =
        TestClip.steady(30, 1, 6)
            .withLuma(i -> luma[i])
            .withTicks(1001, 30030, i -> ticks[(int) i])
            .write(folder.resolve("clip.mkv"));
    List<SampledFrame> sampled = read(clip.toString());
    assertThat(sampled)
        .extracting(SampledFrame::ptsMs)
        .containsExactly(0L, 1200L, 2000L, 3000L, 4200L);
    int[] expected = {50, 80, 80, 80, 90};
    for (int i = 0; i < expected.length; i++) {
      assertShows(sampled.get(i), expected[i]);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv", "webm", "avi"})
  void aPictureThatStandsForMinutesKeepsItsTime(String container) throws Exception {
    int still = container.equals("avi") ? 9 : 300;
    Path clip =
        TestClip.steady(5, 1, 15)
            .withEncoder(container.equals("webm") ? "libvpx" : "mpeg4", 12)
            .withLuma(i -> i < 10 ? 60 : 200)
            .withTicks(1, 5, i -> i < 10 ? i : i + 5L * still)
            .write(folder.resolve("screen." + container));
    List<SampledFrame> sampled = read(clip.toString());
    assertThat(sampled).hasSize(3 + still);
    assertShows(sampled.get(1 + still), 60);
    assertThat(sampled.get(2 + still).ptsMs()).isEqualTo((2 + still) * 1000L);
    assertShows(sampled.get(2 + still), 200);
  }

  @ParameterizedTest
  @CsvSource({"12", "40", "59", "3600"})
  void aClockThatJumpsGoesOn(int jump) throws Exception {
    Path clip =
        TestClip.steady(10, 1, 120)
            .withTicks(1, 10, i -> 2000 + (i < 60 ? i : i + 10L * jump))
            .write(folder.resolve("spliced.ts"));
    List<SampledFrame> sampled = read(clip.toString());
    assertThat(sampled).hasSize(12);
    for (int second = 0; second < 12; second++) {
      assertShows(sampled.get(second), TestClip.brightness(second));
    }
  }

  @Test
  void aNegativeStartCountsFromTheFirstPicture() throws Exception {
    Path clip =
        TestClip.steady(10, 1, 30).withTicks(1, 10, i -> i - 7).write(folder.resolve("clip.mkv"));
    List<SampledFrame> sampled = read(clip.toString());
    assertThat(sampled).extracting(SampledFrame::ptsMs).containsExactly(0L, 1000L, 2000L);
    assertShows(sampled.get(2), TestClip.brightness(2));
  }

  @Test
  void peopleGetAPictureEveryTwoSecondsWithTheFrameThatItShows() throws Exception {
    Path clip = TestClip.steady(5, 1, 30).withSize(128, 64).write(folder.resolve("clip.mp4"));
    List<SampledFrame> sampled = new ArrayList<>();
    try (FrameSource source =
        sources.open(clip.toString(), fast.withSnapshotEvery(Duration.ofSeconds(2)))) {
      for (Optional<SampledFrame> next = source.next(); next.isPresent(); next = source.next()) {
        sampled.add(next.get());
      }
    }
    assertThat(sampled)
        .extracting(frame -> frame.taken().snapshot().isPresent())
        .containsExactly(true, false, true, false, true, false);
    Jpeg third = sampled.get(2).taken().snapshot().orElseThrow();
    assertThat(third.width()).isEqualTo(128);
    assertThat(third.height()).isEqualTo(64);
    assertThat(TestPicture.read(third.bytes()).red(32, 32))
        .isCloseTo(TestPicture.read(sampled.get(2).jpeg()).red(24, 48), within(6));
  }

  @Test
  void aWidePictureIsCentredBetweenTheConfiguredColour() throws Exception {
    Path clip =
        TestClip.steady(5, 1, 5)
            .withSize(128, 64)
            .withLuma(i -> 200)
            .write(folder.resolve("w.mp4"));
    FrameFormat format = FrameFormat.DEFAULT.withPadding(new Rgb(200, 30, 90)).withSize(64);
    try (FrameSource source = sources.open(clip.toString(), fast.withFormat(format))) {
      TestPicture picture = TestPicture.read(source.next().orElseThrow().jpeg());
      assertThat(picture.width()).isEqualTo(64);
      assertThat(picture.height()).isEqualTo(64);
      assertThat(picture.red(32, 4)).isCloseTo(200, within(8));
      assertThat(picture.green(32, 60)).isCloseTo(30, within(8));
      assertThat(picture.blue(5, 60)).isCloseTo(90, within(8));
      assertThat(picture.red(10, 32)).isCloseTo(expected(200), within(6));
      assertThat(picture.red(54, 32)).isCloseTo(0, within(6));
      assertThat(picture.red(10, 20)).isCloseTo(expected(200), within(6));
      assertThat(picture.red(10, 44)).isCloseTo(expected(200), within(6));
    }
  }

  @Test
  void aLoopGoesOnAtTheNextWholeSecond() throws Exception {
    Path clip = TestClip.steady(10, 1, 25).write(folder.resolve("a b.mp4"));
    String uri = "file://" + clip.toString().replace(" ", "%20") + "?loop=true";
    try (FrameSource source = sources.open(uri, fast)) {
      for (int i = 0; i < 9; i++) {
        SampledFrame frame = source.next().orElseThrow();
        assertThat(frame.ptsMs()).isEqualTo(i * 1000L);
        assertShows(frame, TestClip.brightness(i % 3));
      }
    }
  }

  @Test
  void realTimeTakesItsTime() throws Exception {
    Path clip = TestClip.steady(10, 1, 21).write(folder.resolve("clip.mp4"));
    Instant before = Instant.now();
    try (FrameSource source = sources.open(clip.toString(), FrameSourceOptions.defaults())) {
      Instant first = source.next().orElseThrow().captureTime();
      source.next();
      Instant third = source.next().orElseThrow().captureTime();
      // Later where the machine had no time for it.
      assertThat(third).isAfterOrEqualTo(first.plusMillis(2000));
      assertThat(Instant.now()).isAfterOrEqualTo(third);
      assertThat(first).isAfterOrEqualTo(before.minusMillis(1));
      assertThat(source.next()).isEqualTo(Optional.empty());
      assertThat(source.next()).isEqualTo(Optional.empty());
    }
  }

  @Test
  void corruptPacketsAreSkippedAndCounted() throws Exception {
    Path clip = TestClip.steady(10, 1, 200).write(folder.resolve("clip.ts"));
    try (RandomAccessFile file = new RandomAccessFile(clip.toFile(), "rw")) {
      long length = file.length();
      byte[] noise = new byte[400];
      java.util.Arrays.fill(noise, (byte) 0xA5);
      for (int i = 1; i < 8; i++) {
        file.seek(length * i / 8);
        file.write(noise);
      }
    }
    try (FrameSource source = sources.open(clip.toString(), fast)) {
      int count = 0;
      while (source.next().isPresent()) {
        count++;
      }
      assertThat(count).isBetween(15, 21);
    }
  }

  @Test
  void whatIsNoVideoIsOneClearSentence() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.txt"), "no video, just words\n".repeat(99));
    assertThatThrownBy(() -> read(text.toString()))
        .isInstanceOf(VideoException.class)
        .hasMessage("cannot open %s: invalid data found when processing input", text);
    Path missing = folder.resolve("missing.mp4");
    assertThatThrownBy(() -> read("file:" + missing))
        .isInstanceOf(VideoException.class)
        .hasMessage("there is no file %s; check the path", missing);
    assertThatThrownBy(() -> read(folder.toString()))
        .hasMessage("%s is a folder; name a video file in it", folder);
  }

  @Test
  void closingInTheMiddleLeavesNoThread() throws Exception {
    Path clip = TestClip.steady(30, 1, 900).write(folder.resolve("clip.mp4"));
    for (int i = 0; i < 20; i++) {
      try (FrameSource source = sources.open(clip.toString(), fast)) {
        source.next();
      }
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("video-" + clip));
  }

  private List<SampledFrame> read(String uri) throws InterruptedException {
    List<SampledFrame> frames = new ArrayList<>();
    try (FrameSource source = sources.open(uri, fast)) {
      Optional<SampledFrame> frame = source.next();
      while (frame.isPresent()) {
        frames.add(frame.get());
        frame = source.next();
      }
    }
    return frames;
  }

  /** The clip's luma is limited range, 16 to 235. */
  private static int expected(int luma) {
    return Math.round((luma - 16) * 255f / 219f);
  }

  private static void assertShows(SampledFrame frame, int luma) throws IOException {
    TestPicture picture = TestPicture.read(frame.jpeg());
    assertThat(picture.red(20, 48)).isCloseTo(expected(luma), within(5));
    assertThat(picture.red(80, 48)).isCloseTo(0, within(8));
  }
}
