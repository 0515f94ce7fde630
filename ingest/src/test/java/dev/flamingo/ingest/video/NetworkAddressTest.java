package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkAddressTest {

  private static VideoAddress address(String uri) {
    return NetworkAddress.of(
        (SourceUri.Network) SourceUri.parse(uri), FrameSourceOptions.defaults());
  }

  @ParameterizedTest
  @CsvSource({
    "srt://:9000?passphrase=p,srt://0.0.0.0:9000?passphrase=p,mode,listener",
    "srt://10.0.0.1:9000?mode=listener,srt://10.0.0.1:9000?mode=listener,mode,listener",
    "tcp://@:9000,tcp://0.0.0.0:9000,listen,1",
    "tcp://10.0.0.1:9000?listen,tcp://10.0.0.1:9000?listen,listen,1",
    "rtmp://:1935/live/key,rtmp://0.0.0.0:1935/live/key,listen,1",
    "rtmp://10.0.0.1/live/key?listen=1,rtmp://10.0.0.1/live/key,listen,1"
  })
  void anAddressWithoutAHostOrOneThatListensWaitsForItsSender(
      String uri, String url, String option, String value) {
    assertThat(address(uri).url()).isEqualTo(url);
    assertThat(address(uri).options()).containsEntry(option, value);
    assertThat(address(uri).openWithin()).isEqualTo(Duration.ofSeconds(60));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"srt://h:9000?mode=caller", "tcp://h:9000?listen=0", "rtmp://h/live/k?listen=0"})
  void othersCall(String uri) {
    assertThat(address(uri).url()).isEqualTo(uri);
    assertThat(address(uri).options()).doesNotContainKeys("mode", "listen");
  }

  @Test
  void datagramsMayBeWrittenAsPlayersWriteThem() {
    assertThat(address("udp://@239.0.0.1:5000").url()).isEqualTo("udp://239.0.0.1:5000");
    assertThat(address("rtp://@:5004").url()).isEqualTo("rtp://0.0.0.0:5004");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtsp://h/1",
        "rtmp://h/a/b",
        "srt://h:1",
        "udp://:1",
        "rtp://:1",
        "tcp://h:1",
        "http://h/"
      })
  void nothingFromTheNetworkReachesFiles(String uri) {
    assertThat(address(uri).options().getOrDefault("protocol_whitelist", "file").split(",", -1))
        .isNotEmpty()
        .doesNotContain("file", "concat", "subfile", "pipe", "unix", "fd");
  }
}
