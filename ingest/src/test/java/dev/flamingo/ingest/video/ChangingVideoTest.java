package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A video that changes its form in mid-stream goes on, and nothing is shown that was guessed. */
class ChangingVideoTest {

  private static final String H264 = "-c:v libopenh264 -b:v 500k -g 10";
  private static final String MPEG2 = "-c:v mpeg2video -q:v 2 -g 10";
  private static final String MPEG4 = "-c:v mpeg4 -q:v 2 -g 10";

  private final Path folder;

  ChangingVideoTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** What is written first and then, and under which PIDs. */
  @ParameterizedTest
  @CsvSource({
    "H264, MPEG2, 0x101, 0x101",
    "MPEG2, H264, 0x101, 0x101",
    "MPEG4, H264, 0x101, 0x101",
    "H264, MPEG4, 0x101, 0x101",
    "H264, H264, 0x101, 0x102",
    "MPEG2, MPEG2, 0x101, 0x102",
    "H264, MPEG2, 0x101, 0x102"
  })
  void aTransportStreamGoesOn(String first, String then, String firstPid, String thenPid)
      throws Exception {
    Path spliced =
        concatenate(
            "spliced.ts",
            part(first, 0, "-streamid 0:" + firstPid + " a.ts"),
            part(then, 4, "-streamid 0:" + thenPid + " b.ts"));
    assertShowsEverySecond(sample(spliced.toString()), 8);
  }

  @Test
  void aTransportStreamGoesOnInHevc() throws Exception {
    Path hevc = folder.resolve("hevc.mkv");
    try (InputStream in = ChangingVideoTest.class.getResourceAsStream("hevc.mkv")) {
      Files.copy(in, hevc);
    }
    Path second =
        FfmpegProgram.write(
            folder, "-i hevc.mkv -c copy -streamid 0:0x101 -output_ts_offset 4 b.ts");
    Path spliced = concatenate("spliced.ts", part("H264", 0, "-streamid 0:0x101 a.ts"), second);
    List<TestPicture> pictures = sample(spliced.toString());
    List<TestPicture> alone = sample(hevc.toString());
    assertThat(pictures).hasSize(4 + alone.size());
    for (int i = 0; i < alone.size(); i++) {
      assertThat(pictures.get(4 + i).green(30, 48))
          .isCloseTo(alone.get(i).green(30, 48), within(3));
    }
  }

  @ParameterizedTest
  @CsvSource({"H264, MPEG2", "MPEG2, H264"})
  void aPlaylistGoesOnAfterADiscontinuity(String first, String then) throws Exception {
    part(first, 0, "a.ts");
    part(then, 4, "b.ts");
    Files.writeString(
        folder.resolve("list.m3u8"),
        """
        #EXTM3U
        #EXT-X-VERSION:3
        #EXT-X-TARGETDURATION:4
        #EXTINF:4,
        a.ts
        #EXT-X-DISCONTINUITY
        #EXTINF:4,
        b.ts
        #EXT-X-ENDLIST
        """);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
    server.createContext(
        "/",
        exchange -> {
          byte[] body =
              Files.readAllBytes(folder.resolve(exchange.getRequestURI().getPath().substring(1)));
          exchange.sendResponseHeaders(200, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
    try {
      String uri = "http://127.0.0.1:" + server.getAddress().getPort() + "/list.m3u8";
      assertShowsEverySecond(sample(uri), 8);
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"H264, MPEG2", "MPEG2, H264", "MPEG4, MPEG2"})
  void aLiveStreamGoesOn(String first, String then) throws Exception {
    Path spliced = concatenate("spliced.ts", part(first, 0, "a.ts"), part(then, 4, "b.ts"));
    List<Integer> seen = new ArrayList<>();
    try (Deadline deadline = new Deadline();
        VideoInput input = VideoInput.open(EverythingDecoded.address(spliced), deadline);
        PictureDecoder decoder = PictureDecoder.open(input);
        PictureFitter fitter = new PictureFitter(PictureLayout.fit(96), new Rgb(128, 128, 128));
        JpegEncoder encoder = new JpegEncoder(96, 96, 95);
        LivePictures pictures =
            new LivePictures(
                input,
                new TimedPackets(input, Clock.systemUTC(), /* heldBack= */ false),
                decoder)) {
      for (AVFrame next = pictures.next(); next != null; next = pictures.next()) {
        seen.add(made(TestPicture.read(encoder.encode(fitter.fit(next)))));
      }
      assertThat(input.corrupt().count()).isLessThan(4);
    }
    assertThat(seen).hasSizeBetween(77, 80).isSorted();
    assertThat(Set.copyOf(seen)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
  }

  /** Cut where no keyframe is for two seconds: what decoders build on grey is not shown. */
  @ParameterizedTest
  @ValueSource(strings = {"mpeg2video", "mpeg4", "h263p"})
  void nothingIsShownBeforeTheFirstKeyframe(String codec) throws Exception {
    String container = codec.equals("h263p") ? "avi" : "ts";
    Path whole =
        FfmpegProgram.write(
            folder,
            view(0, 8)
                + "-c:v "
                + codec
                + " -q:v 2 -g 30 -sc_threshold 1000000000 whole."
                + container);
    Path cut = folder.resolve("cut." + container);
    if (container.equals("ts")) {
      byte[] bytes = Files.readAllBytes(whole);
      int from = bytes.length / 6 / 188 * 188;
      Files.write(cut, Arrays.copyOfRange(bytes, from, bytes.length));
    } else {
      FfmpegProgram.write(
          folder, "-i whole.avi -c copy -bsf:v noise=drop=lt(n\\,11) -copyinkf cut.avi");
    }
    List<Integer> seen = new ArrayList<>();
    for (TestPicture picture : sample(cut.toString())) {
      seen.add(made(picture));
    }
    assertThat(seen).isSorted().hasSizeBetween(4, 7);
    assertThat(seen.get(0)).isBetween(2, 4);
  }

  private static String view(int fromSecond, int seconds) {
    return "-f lavfi -i nullsrc=s=64x64:r=10:d=%d,geq=lum='if(lt(X,32),45+10*floor(T+%d),16)':cb=128:cr=128 "
        .formatted(seconds, fromSecond);
  }

  private Path part(String codec, int fromSecond, String rest) {
    String encoding =
        switch (codec) {
          case "H264" -> H264;
          case "MPEG2" -> MPEG2;
          default -> MPEG4;
        };
    return FfmpegProgram.write(
        folder, view(fromSecond, 4) + encoding + " -output_ts_offset " + fromSecond + " " + rest);
  }

  private Path concatenate(String name, Path... parts) throws IOException {
    Path whole = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(whole)) {
      for (Path part : parts) {
        out.write(Files.readAllBytes(part));
      }
    }
    return whole;
  }

  private static List<TestPicture> sample(String uri) throws Exception {
    List<TestPicture> pictures = new ArrayList<>();
    try (FrameSource source =
        new FrameSources().open(uri, FrameSourceOptions.defaults().withFast(true))) {
      for (var frame = source.next(); frame.isPresent(); frame = source.next()) {
        pictures.add(TestPicture.read(frame.get().jpeg()));
      }
    }
    return pictures;
  }

  /** The second in which a picture was made, by its brightness. */
  private static int made(TestPicture picture) {
    return (int) Math.round((picture.red(24, 48) * 219 / 255.0 + 16 - 45) / 10);
  }

  private static void assertShowsEverySecond(List<TestPicture> pictures, int seconds) {
    List<Integer> expected = new ArrayList<>();
    for (int i = 0; i < seconds; i++) {
      expected.add(i);
    }
    assertThat(pictures.stream().map(ChangingVideoTest::made).toList()).isEqualTo(expected);
  }
}
