package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HlsVariantsTest {

  private static final String MASTER =
      """
      #EXTM3U
      #EXT-X-STREAM-INF:BANDWIDTH=5000000,RESOLUTION=1920x1080,CODECS="avc1.64,mp4a.40"
      big/index.m3u8
      #EXT-X-STREAM-INF:AVERAGE-BANDWIDTH=1,BANDWIDTH=64000,CODECS="mp4a.40.2"
      audio.m3u8
      #EXT-X-STREAM-INF:BANDWIDTH=300000,RESOLUTION=320x180
      small/index.m3u8?x=1
      #EXT-X-STREAM-INF:BANDWIDTH=900000,RESOLUTION=640x360
      /middle.m3u8
      #EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=1,RESOLUTION=96x54,URI="tricks.m3u8"
      """;

  @ParameterizedTest
  @CsvSource({"96,small,middle", "320,small,middle", "321,middle,big", "2000,big,middle"})
  void theSmallestThatIsLargeEnoughComesFirst(int enough, String first, String second) {
    assertThat(HlsVariants.of(MASTER, "http://u:p@h:8080/a/b/master.m3u8?t=1/2", enough).urls())
        .hasSize(3)
        .satisfies(urls -> assertThat(urls.get(0)).contains(first))
        .satisfies(urls -> assertThat(urls.get(1)).contains(second));
  }

  @Test
  void aMediaPlaylistHasNoQualities() {
    assertThat(HlsVariants.of("#EXTM3U\n#EXTINF:2,\na.ts\n", "http://h/x.m3u8", 96).urls())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "c.m3u8,http://u:p@h:1/a/b/c.m3u8",
    "/c.m3u8,http://u:p@h:1/c.m3u8",
    "../c d.m3u8,http://u:p@h:1/a/c d.m3u8",
    "./c|1.m3u8?y,http://u:p@h:1/a/b/c|1.m3u8?y",
    "//other/c,http://other/c",
    "https://other/c,https://other/c"
  })
  void namesAreRelativeToThePlaylist(String reference, String absolute) {
    assertThat(HlsVariants.absolute(reference, "http://u:p@h:1/a/b/m.m3u8?t=/x/"))
        .isEqualTo(absolute);
    assertThat(HlsVariants.absolute("c", "http://h?t=1")).isEqualTo("http://h/c");
  }
}
