package dev.flamingo.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactedUriTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtsp://admin:secret@10.0.0.7:554/ch1",
        "rtsp://admin:x@secret@10.0.0.7:554/ch1",
        "rtsp://admin:x/secret@10.0.0.7:554/ch1",
        "rtsp://admin:x#secret@10.0.0.7:554/ch1",
        "rtsp://admin:x?secret@10.0.0.7:554/ch1",
        "rtsp://admin:x/?#secret@10.0.0.7:554/ch1?token=secret"
      })
  void noSignInAPasswordLetsItThrough(String uri) {
    assertThat(RedactedUri.of(uri).text())
        .startsWith("rtsp://***@10.0.0.7:554/ch1")
        .doesNotContain("secret", "admin");
  }

  @ParameterizedTest
  @CsvSource({
    "https://host/live.m3u8?token=secret,https://host/live.m3u8?***",
    "rtsp://cam/1,rtsp://cam/1",
    "/videos/a.mp4,/videos/a.mp4",
    "street:?seed=7,street:?seed=7",
    "file:///videos/a@b?c.mp4,file:///videos/a@b?c.mp4",
    "a@b.mp4,a@b.mp4",
    "udp://@239.0.0.1:5000,udp://@239.0.0.1:5000",
    "rtmp://host/live,rtmp://host/***",
    "srt://host:9000,srt://host:9000"
  })
  void whatIsNoSecretStays(String uri, String shown) {
    assertThat(RedactedUri.of(uri).text()).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "srt://host:9000?mode=caller&passphrase=secret&streamid=secret,srt://host:9000?***",
    "rtmp://host/live/secret,rtmp://host/live/***",
    "rtmps://secret:secret@host:443/live/inst/secret?key=secret,rtmps://***@host:443/live/***",
    "rtmp://host/secret,rtmp://host/***",
    "RTMP://host/live/secret?a=secret,RTMP://host/live/***",
    "https://host/live.m3u8#secret,https://host/live.m3u8#***",
    " rtsp://admin:secret@cam/1, rtsp://***@cam/1",
    "rstp://admin:secret@cam/1,rstp://***@cam/1",
    "http:/admin:secret@cam/1,http:/***@cam/1",
    "rtsp:admin:secret@cam/1,***@cam/1",
    "admin:secret@cam/1?x=secret,***@cam/1?***",
    "rtsp://cam/user=secret_password=secret_channel=1.sdp,rtsp://cam/user=***",
    "http://cam/a;Password=secret/b,http://cam/a;Password=***"
  })
  void secretsOfEveryTransportAreStars(String uri, String shown) {
    assertThat(RedactedUri.of(uri).text().strip()).isEqualTo(shown).doesNotContain("secret");
    assertThat(RedactedUri.isRedacted(shown)).isTrue();
    assertThat(RedactedUri.isRedacted(uri)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "http://cam/x?to=me@secret,http://cam/x?***",
    "http://10.0.0.7:81/x?to=me@secret,http://10.0.0.7:81/x?***",
    "http://[::1]:81/x?to=me@secret,http://[::1]:81/x?***",
    "https://cam/live.m3u8#a@secret,https://cam/live.m3u8#***",
    "http://admin:1234@cam/x?user=a@secret,http://***",
    "http://admin:1/secret?2@cam/x,http://***",
    "http://admin:x/secret?2@cam/x,http://***@cam/x",
    "http://admin:12?secret@cam/x,http://***",
    "http://admin:x@secret?y@cam/x,http://***",
    "http://admin:x?secret@cam/x?to=me@secret,http://***",
    "http://cam.local:81/x?to=me@secret,http://***",
    "rtmp://host/live/secret?to=me@secret,rtmp://host/live/***",
    "srt://host:9000?streamid=u@secret,srt://***",
    "admin:secret@cam/1?x=y@secret,***"
  })
  void aQueryWithAnAtSignIsNoHost(String uri, String shown) {
    assertThat(RedactedUri.of(uri).text()).isEqualTo(shown).doesNotContain("secret", "admin");
  }
}
