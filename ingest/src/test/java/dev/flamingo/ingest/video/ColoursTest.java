package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Colours come out as they were drawn, whatever matrix and light they are stored in. */
class ColoursTest {

  private final Path folder;

  ColoursTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** How the colours are stored, and what writes the file; untagged ones follow the size. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "160x120 scale=out_color_matrix=bt601:out_range=tv,format=yuv444p -c:v ffv1 a.mkv",
        "160x120 scale=out_color_matrix=bt709:out_range=tv,format=yuv444p -c:v ffv1 -colorspace bt709 b.mkv",
        "1280x544 scale=out_color_matrix=bt709:out_range=tv,format=yuv420p -c:v mpeg2video -q:v 2 c.ts",
        "960x720 scale=out_color_matrix=bt709:out_range=tv,format=yuv420p -c:v mpeg2video -q:v 2 d.ts",
        "160x120 zscale=matrixin=gbr:rangein=full:matrix=ycgco:range=limited,format=yuv444p -c:v ffv1 -colorspace ycgco -color_range tv e.mkv",
        "160x120 zscale=matrixin=gbr:rangein=full:matrix=ycgco:range=full,format=yuv444p -c:v ffv1 -colorspace ycgco -color_range pc f.mkv",
        "160x120 zscale=matrixin=gbr:primariesin=709:transferin=709:rangein=full:matrix=2020_ncl:primaries=2020:transfer=smpte2084:range=limited:npl=203,format=yuv420p10le -c:v libsvtav1 -preset 12 -color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc -color_range tv g.mp4",
        "160x120 zscale=matrixin=gbr:primariesin=709:transferin=709:rangein=full:matrix=2020_ncl:primaries=2020:transfer=arib-std-b67:range=limited:npl=203,format=yuv444p10le -c:v ffv1 -color_primaries bt2020 -color_trc arib-std-b67 -colorspace bt2020nc -color_range tv h.mkv",
        "160x120 zscale=matrixin=gbr:primariesin=709:transferin=709:rangein=full:matrix=ictcp:primaries=2020:transfer=smpte2084:range=limited:npl=203,format=yuv444p12le -c:v ffv1 -color_primaries bt2020 -color_trc smpte2084 -colorspace ictcp -color_range tv i.mkv"
      })
  void theBarsKeepTheirColours(String stored) throws Exception {
    String size = stored.substring(0, stored.indexOf(' '));
    String bars =
        "-f lavfi -i color=c=0xbf4040:s=%s:r=5:d=1,format=gbrp,drawbox=w=iw/2:h=ih/2:c=0x40bf40:t=fill,drawbox=x=iw/2:w=iw/2:h=ih/2:c=0x4040bf:t=fill,drawbox=y=ih/2:w=iw/2:h=ih/2:c=0xc87828:t=fill,format=gbrp,%s"
            .formatted(size, stored.substring(stored.indexOf(' ') + 1));
    Path video = FfmpegProgram.write(folder, bars);
    try (FrameSource source =
        new FrameSources().open(video.toString(), FrameSourceOptions.defaults().withFast(true))) {
      TestPicture picture = TestPicture.read(source.next().orElseThrow().jpeg());
      assertColour(picture, 24, 38, 64, 191, 64);
      assertColour(picture, 72, 38, 64, 64, 191);
      assertColour(picture, 24, 58, 200, 120, 40);
      assertColour(picture, 72, 58, 191, 64, 64);
    }
  }

  private static void assertColour(
      TestPicture picture, int x, int y, int red, int green, int blue) {
    assertThat(picture.red(x, y)).isCloseTo(red, within(8));
    assertThat(picture.green(x, y)).isCloseTo(green, within(8));
    assertThat(picture.blue(x, y)).isCloseTo(blue, within(8));
  }
}
