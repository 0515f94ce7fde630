package dev.flamingo.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flamingo.events.TopicCreator;
import dev.flamingo.events.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {

  @Test
  void topicsOutliveARestart(@TempDir Path folder) throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, freePort());
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
      new TopicCreator(admin).create(Topics.standard().definitions(1, (short) 1));
    }
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, freePort());
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
      assertThat(admin.listTopics().names().get())
          .contains(Topics.standard().questions(), Topics.standard().answers());
    }
  }

  @Test
  void aPortInUseIsOneSentence(@TempDir Path folder) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> EmbeddedKafka.start(folder, port))
          .isInstanceOf(IOException.class)
          .hasMessage("port %d for kafka is in use: choose another with --kafka-port", port);
    }
  }

  @Test
  void aFolderInUseIsOneSentence(@TempDir Path folder) throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, freePort())) {
      assertThat(kafka.bootstrap()).startsWith("localhost:");
      assertThatThrownBy(() -> EmbeddedKafka.start(folder, freePort()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is in use by another process");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
