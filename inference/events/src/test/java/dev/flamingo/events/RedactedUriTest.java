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
    "street:?seed=7,street:?seed=7"
  })
  void whatIsNoSecretStays(String uri, String shown) {
    assertThat(RedactedUri.of(uri).text()).isEqualTo(shown);
  }
}
