package dev.flamingo.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.events.StreamId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedSourceTest {

  @Test
  void aSourceMayHaveAName() {
    assertThat(NamedSource.parse(" door=rtsp://u:p@cam/x?a=b "))
        .isEqualTo(new NamedSource(new StreamId("door"), "rtsp://u:p@cam/x?a=b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://cam/x?a=b",
        "street:?seed=3",
        "/videos/a=b.mp4",
        "./a=b.mp4",
        "file:///videos/a.mp4?loop=true",
        "Door=rtsp://cam"
      })
  void anAddressIsNotTakenForAName(String address) {
    assertThat(NamedSource.parse(address)).isEqualTo(new NamedSource(null, address));
  }

  @Test
  void linesMayBeComments() {
    assertThat(NamedSource.parseLines("# cameras\n\n  street:\r\nyard=http://cam/x\n"))
        .containsExactly(
            new NamedSource(null, "street:"),
            new NamedSource(new StreamId("yard"), "http://cam/x"));
  }

  @Test
  void itIsShownWithoutItsCredentials() {
    NamedSource source = NamedSource.parse("door=rtsp://admin:hunter2@cam/x?token=abc");
    assertThat(source).hasToString("door=rtsp://***@cam/x?***");
    assertThat(source.hasSecrets()).isTrue();
    assertThat(NamedSource.parse("rtsp://cam/x").hasSecrets()).isFalse();
  }
}
