package dev.flamingo.standalone.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flamingo.standalone.FolderLock;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka of one node (KRaft) on the loopback interface, which keeps its data in a folder.
 *
 * <p>Kafka has no public way to run inside a process: this is the only class that knows the private
 * one.
 */
public final class EmbeddedKafka implements AutoCloseable {

  private static final int NODE = 1;
  private static final String FORMATTED = "meta.properties";

  /** Kafka's own mark of an ordinary end. */
  private static final String CLOSED = ".kafka_cleanshutdown";

  private final KafkaRaftServer server;
  private final int port;
  private final FolderLock lock;

  private EmbeddedKafka(KafkaRaftServer server, int port, FolderLock lock) {
    this.server = server;
    this.port = port;
    this.lock = lock;
  }

  /**
   * Starts it and waits until it takes connections.
   *
   * @param folder holds its data; a new one is made ready
   * @param port where clients connect
   * @throws IOException if the port or the folder is in use, or the folder cannot be written
   */
  public static EmbeddedKafka start(Path folder, int port) throws IOException {
    requireFree(port);
    FolderLock lock = FolderLock.take(folder);
    try {
      Properties settings = settings(folder, port, freePort());
      if (!Files.exists(folder.resolve(FORMATTED))) {
        format(folder);
      } else if (!Files.exists(folder.resolve(CLOSED))) {
        // Refused as its own double for as long as the process that was killed might still live.
        settings.put("broker.session.timeout.ms", "2000");
        settings.put("broker.heartbeat.interval.ms", "500");
      }
      return new EmbeddedKafka(start(settings), port, lock);
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  private static KafkaRaftServer start(Properties settings) throws IOException {
    KafkaRaftServer server =
        new KafkaRaftServer(new KafkaConfig(settings, /* doLog= */ false), Time.SYSTEM);
    try {
      server.startup();
      return server;
    } catch (RuntimeException e) {
      server.shutdown();
      throw new IOException(
          "kafka does not start with the data in %s: see the log, or choose another folder"
              .formatted(settings.get("log.dirs")),
          e);
    }
  }

  private static void format(Path folder) throws IOException {
    try {
      new Formatter()
          .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8))
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(NODE)
          .setDirectories(List.of(folder.toString()))
          .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
          .setControllerListenerName("CONTROLLER")
          .setMetadataLogDirectory(folder.toString())
          .run();
    } catch (Exception e) {
      throw new IOException(
          "cannot make %s ready for kafka: use another folder".formatted(folder), e);
    }
  }

  private static Properties settings(Path folder, int port, int controller) {
    Properties settings = new Properties();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE));
    settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controller);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put(
        "listeners", "PLAIN://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller);
    settings.put("advertised.listeners", "PLAIN://localhost:" + port);
    settings.put("listener.security.protocol.map", "PLAIN:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("inter.broker.listener.name", "PLAIN");
    settings.put("log.dirs", folder.toString());
    settings.put("auto.create.topics.enable", "false");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    // The default of clients: one that is left open holds up the questions of others no longer.
    settings.put("transaction.max.timeout.ms", "60000");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("log.cleaner.dedupe.buffer.size", "2097152");
    settings.put("log.retention.check.interval.ms", "60000");
    settings.put("num.network.threads", "1");
    settings.put("num.io.threads", "2");
    settings.put("background.threads", "2");
    return settings;
  }

  private static void requireFree(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      // A port that was left a moment ago is free enough for Kafka, too.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new IOException(
          "port %d for kafka is in use: choose another with --kafka-port".formatted(port), e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Returns the address for clients. */
  public String bootstrap() {
    return bootstrap(port);
  }

  /** Returns the address for clients of one at a port, whether it runs or not. */
  public static String bootstrap(int port) {
    return "localhost:" + port;
  }

  @Override
  public void close() throws IOException {
    server.shutdown();
    server.awaitShutdown();
    lock.close();
  }
}
