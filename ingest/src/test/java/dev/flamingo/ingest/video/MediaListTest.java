package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaListTest {

  @ParameterizedTest
  @CsvSource({
    "'#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\na.ts',HLS,0",
    "'\ufeff#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\na',HLS,0",
    "'#EXTM3U\n#EXTINF:-1,News\nhttp://h/1\n#EXTINF:-1,Sport\nrtsp://h/2\n',ADDRESSES,2",
    "'<?xml version=\"1.0\"?>\n<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"/>',DASH,0",
    "'v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nm=video 5004 RTP/AVP 96\r\n',SDP,0",
    "'ffconcat version 1.0\nfile a.mp4\n',CONCAT,0",
    "'[playlist]\nNumberOfEntries=2\nFile1=http://h/1\nFile2=http://h/2\n',ADDRESSES,2",
    "'<asx version=\"3.0\"><entry><ref href=\"http://h/1\"/></entry></asx>',ADDRESSES,1",
    "'<playlist><trackList><track><location>http://h/1</location></track></trackList></playlist>',"
        + "ADDRESSES,1",
    "'rtsp://admin:x@h/1\n',ADDRESSES,1"
  })
  void aTextIsKnownByItsContent(String text, MediaList.Kind kind, int entries) {
    assertThat(MediaList.of(text.getBytes(StandardCharsets.UTF_8)))
        .hasValueSatisfying(
            list -> {
              assertThat(list.kind()).isEqualTo(kind);
              assertThat(list.entries()).hasSize(entries);
            });
  }

  @ParameterizedTest
  @CsvSource({"'G@\u0000\u0011'", "'hello'", "''", "'<html></html>'", "'v=0'"})
  void anythingElseIsNone(String text) {
    assertThat(MediaList.of(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void aListOfManyIsNoSource() {
    MediaList list =
        MediaList.of("http://h/1\nhttp://h/2".getBytes(StandardCharsets.US_ASCII)).orElseThrow();
    assertThatThrownBy(() -> list.only("tv.m3u"))
        .hasMessage("tv.m3u is a list of 2 addresses; use one of them as the source");
  }
}
