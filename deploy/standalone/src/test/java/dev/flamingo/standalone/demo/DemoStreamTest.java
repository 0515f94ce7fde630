package dev.flamingo.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flamingo.standalone.NamedSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoStreamTest {

  private static List<String> names(String... uris) {
    return DemoStream.of(Stream.of(uris).map(NamedSource::parse).toList()).stream()
        .map(stream -> stream.id().value())
        .toList();
  }

  @Test
  void camerasAreCalledByTheirHostAndNeverByTheirPassword() {
    assertThat(names("rtsp://admin:secret@Cam1.local:554/main", "http://10.0.0.7/video.mjpg"))
        .containsExactly("cam1.local", "10.0.0.7");
  }

  @Test
  void noSecretOfAnyTransportIsInAName() {
    assertThat(
            names(
                "rtsp://admin:x@secret@cam/1",
                "rtsp://admin:x/secret@cam/1",
                "srt://:9000?mode=listener&passphrase=secret-secret",
                "udp://@239.0.0.1:5000",
                "udp://@:5000",
                "rtmp://host/live/secret",
                "http://[::1]:80/x"))
        .containsExactly("cam", "cam-2", "srt", "239.0.0.1", "udp", "host", "1-");
  }

  @Test
  void filesAreCalledByTheirName(@TempDir Path folder) throws Exception {
    Path file = Files.createFile(folder.resolve("My Garden (1).mp4"));
    assertThat(names(file.toString(), "file:" + file + "?loop=true"))
        .containsExactly("my-garden-1-", "my-garden-1--2");
  }

  @Test
  void streetsAreCalledStreet() {
    assertThat(names("street:", "street:?seed=4")).containsExactly("street", "street-2");
  }

  @Test
  void namesThatAreGivenStayAndOthersMakeWay() {
    assertThat(names("http://door/a", "door=http://10.0.0.7/b", "http://door/c"))
        .containsExactly("door-2", "door", "door-3");
    assertThatThrownBy(() -> names("door=http://10.0.0.7/a", "door=http://10.0.0.8/b"))
        .hasMessage("two sources are called door: give each a name of its own");
  }

  @Test
  void aMissingFileIsOneSentence() {
    assertThatThrownBy(() -> names("/no/such/file.mp4"))
        .hasMessage("there is no file /no/such/file.mp4; check the path");
  }

  @Test
  void anUnknownSchemeIsOneSentence() {
    assertThatThrownBy(() -> names("gopher://old")).hasMessageContaining("gopher:");
  }
}
