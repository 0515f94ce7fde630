package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flamingo.events.SourceScheme;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceUriTest {

  @Test
  void theStreetTakesASeed() {
    assertThat(SourceUri.parse("street:")).isEqualTo(new SourceUri.Street(0));
    assertThat(SourceUri.parse("street:?seed=7")).isEqualTo(new SourceUri.Street(7));
    assertThatThrownBy(() -> SourceUri.parse("street:?seed=seven"))
        .hasMessageContaining("street:?seed=7");
  }

  @Test
  void filesComeAsPathsAndAsAddresses() {
    Path clip = Path.of("/videos/a b.mp4");
    assertThat(SourceUri.parse("/videos/a b.mp4")).isEqualTo(new SourceUri.VideoFile(clip, false));
    assertThat(SourceUri.parse("file:/videos/a b.mp4"))
        .isEqualTo(new SourceUri.VideoFile(clip, false));
    assertThat(SourceUri.parse("file:///videos/a%20b.mp4?loop=true"))
        .isEqualTo(new SourceUri.VideoFile(clip, true));
    assertThat(SourceUri.parse("file://localhost/videos/a b.mp4"))
        .isEqualTo(new SourceUri.VideoFile(clip, false));
    assertThat(SourceUri.parse("clip.mp4"))
        .isEqualTo(new SourceUri.VideoFile(Path.of("clip.mp4").toAbsolutePath(), false));
    assertThatThrownBy(() -> SourceUri.parse("file://nas/a.mp4"))
        .hasMessageContaining("three slashes");
  }

  @Test
  void camerasAreNetworkAddressesAndDevices() {
    assertThat(SourceUri.parse("RTSP://u:p@cam/1"))
        .isEqualTo(new SourceUri.Network(SourceScheme.RTSP, "rtsp://u:p@cam/1"));
    assertThat(SourceUri.parse("https://host/live.m3u8"))
        .isEqualTo(new SourceUri.Network(SourceScheme.HTTPS, "https://host/live.m3u8"));
    assertThat(SourceUri.parse("/dev/video0")).isEqualTo(new SourceUri.Device("/dev/video0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://host/a.mp4", "concat:a|b", "gopher:x", "data:video/mp4;base64,AA"})
  void otherSchemesAreRefusedWithTheListOfThoseAccepted(String uri) {
    assertThatThrownBy(() -> SourceUri.parse(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("unknown source scheme \"" + uri.substring(0, uri.indexOf(':')))
        .hasMessageEndingWith("; use " + SourceScheme.ACCEPTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "rtsp:cam", "http:///x"})
  void malformedAddressesAreRefused(String uri) {
    assertThatThrownBy(() -> SourceUri.parse(uri)).isInstanceOf(IllegalArgumentException.class);
  }
}
