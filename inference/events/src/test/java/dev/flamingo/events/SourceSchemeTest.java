package dev.flamingo.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceSchemeTest {

  @ParameterizedTest
  @CsvSource({
    "street:?seed=7,STREET",
    "file:/videos/a.mp4,FILE",
    "RTSP://u:p@cam/1,RTSP",
    " http://cam/x,HTTP",
    "rtmps://host/live/key,RTMPS",
    "srt://:9000?mode=listener,SRT",
    "udp://@239.0.0.1:5000,UDP",
    "udp://:5000,UDP",
    "rtp://@:5004,RTP",
    "tcp://[::1]:9000?listen=1,TCP"
  })
  void addressesHaveAScheme(String uri, SourceScheme scheme) {
    assertThat(SourceScheme.of(uri)).contains(scheme);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/videos/a.mp4", "clip.mp4", "videos//a.mp4", "12:30:00", "/dev/video0"})
  void pathsHaveNone(String uri) {
    assertThat(SourceScheme.of(uri)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rstp://cam/1", "ftp://host/a.mp4", "webrtc://x", "concat:a|b"})
  void unknownSchemesAreRefusedWithTheListOfThoseAccepted(String uri) {
    assertThatThrownBy(() -> SourceScheme.of(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("unknown source scheme \"" + uri.substring(0, uri.indexOf(':')))
        .hasMessageEndingWith("; use " + SourceScheme.ACCEPTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "rtsp:cam",
        "http:///x",
        "http:/cam/x",
        "rtsp://",
        "https://:80/",
        "srt:"
      })
  void malformedAddressesAreRefused(String uri) {
    assertThatThrownBy(() -> SourceScheme.of(uri)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "udp://239.1.2.3",
        "srt://cam?streamid=1",
        "rtp://@239.1.2.3",
        "tcp://cam/x",
        "rtsp://cam:/1",
        "rtsp://u:p@cam:99999/1",
        "http://cam:0/x",
        "http://cam:8o/x",
        "http://[::1/x",
        "http://fe80::1/x"
      })
  void aPortThatIsNoneOrMissingIsNamed(String uri) {
    assertThatThrownBy(() -> SourceScheme.of(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the address needs a port from 1 to 65535 behind its host");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtsp://admin:p@ss:1@cam/1",
        "rtsp://admin:p/x@cam/1",
        "http://[::1]/x",
        "http://[::1]:81/x?a=b:c",
        "http://cam?to=a:b@c",
        "rtsp://cam:554 ",
        "rtsp://cam"
      })
  void otherAddressesMayLeaveItOut(String uri) {
    assertThat(SourceScheme.of(uri)).isPresent();
  }

  @Test
  void aForgottenColonIsNamed() {
    assertThatThrownBy(() -> SourceScheme.of("rtsp//cam/1"))
        .hasMessage("the source has no colon after its scheme; write rtsp://HOST/PATH");
  }

  @Test
  void whatStandsBeforeAPasswordIsNotShown() {
    assertThatThrownBy(() -> SourceScheme.of("admin:secret@cam/1"))
        .hasMessage("the source has no scheme; write it as in rtsp://USER:PASSWORD@HOST/PATH");
  }
}
