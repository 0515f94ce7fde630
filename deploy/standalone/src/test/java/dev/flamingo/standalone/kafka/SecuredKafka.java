package dev.flamingo.standalone.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A real Kafka whose clients need TLS and a login by SCRAM. */
public final class SecuredKafka implements AutoCloseable {

  private static final String PASSWORD_OF_BROKER = "br0ker-5tore";

  private final KafkaRaftServer server;
  private final Path folder;
  private final int port;
  private final String truststorePassword;

  private SecuredKafka(KafkaRaftServer server, Path folder, int port, String truststorePassword) {
    this.server = server;
    this.folder = folder;
    this.port = port;
    this.truststorePassword = truststorePassword;
  }

  /** Starts one with a user. */
  public static SecuredKafka start(
      Path folder, String user, String password, String truststorePassword) throws Exception {
    int port = freePort();
    certificate(folder, truststorePassword);
    new Formatter()
        .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8))
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(1)
        .setDirectories(List.of(data(folder)))
        .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
        .setControllerListenerName("CONTROLLER")
        .setMetadataLogDirectory(data(folder))
        .setScramArguments(List.of("SCRAM-SHA-512=[name=%s,password=%s]".formatted(user, password)))
        .run();
    KafkaRaftServer server =
        new KafkaRaftServer(
            new KafkaConfig(settings(folder, port), /* doLog= */ false), Time.SYSTEM);
    server.startup();
    return new SecuredKafka(server, folder, port, truststorePassword);
  }

  private static String data(Path folder) {
    return folder.resolve("data").toString();
  }

  private static Properties settings(Path folder, int port) throws IOException {
    int inner = freePort();
    int controller = freePort();
    Properties settings = new Properties();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put(
        "listeners",
        "CLIENTS://127.0.0.1:%d,INNER://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
            .formatted(port, inner, controller));
    settings.put(
        "advertised.listeners",
        "CLIENTS://localhost:%d,INNER://localhost:%d".formatted(port, inner));
    settings.put(
        "listener.security.protocol.map", "CLIENTS:SASL_SSL,INNER:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("inter.broker.listener.name", "INNER");
    settings.put("listener.name.clients.sasl.enabled.mechanisms", "SCRAM-SHA-512");
    settings.put(
        "listener.name.clients.scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    settings.put("ssl.keystore.location", folder.resolve("broker.p12").toString());
    settings.put("ssl.keystore.password", PASSWORD_OF_BROKER);
    settings.put("log.dirs", data(folder));
    settings.put("auto.create.topics.enable", "false");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("log.cleaner.dedupe.buffer.size", "2097152");
    return settings;
  }

  /** Makes a key for the broker, and a truststore that knows it. */
  private static void certificate(Path folder, String truststorePassword) throws Exception {
    Path store = folder.resolve("broker.p12");
    Path certificate = folder.resolve("broker.pem");
    keytool(
        PASSWORD_OF_BROKER,
        store,
        "-genkeypair",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "SAN=dns:localhost,ip:127.0.0.1",
        "-validity",
        "30");
    keytool(PASSWORD_OF_BROKER, store, "-exportcert", "-rfc", "-file", certificate.toString());
    keytool(
        truststorePassword,
        folder.resolve("trust.p12"),
        "-importcert",
        "-noprompt",
        "-file",
        certificate.toString());
  }

  private static void keytool(String password, Path store, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of(
            "-alias",
            "broker",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            password));
    Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(tool.getInputStream().readAllBytes(), UTF_8);
    if (tool.waitFor() != 0) {
      throw new IOException("keytool fails: " + printed);
    }
  }

  /** Returns lines of a settings file for its clients. */
  public String settings(String user, String password) {
    return """
        kafka = localhost:%d
        kafka.client.security.protocol = SASL_SSL
        kafka.client.sasl.mechanism = SCRAM-SHA-512
        kafka.client.sasl.jaas.config = org.apache.kafka.common.security.scram.ScramLoginModule \\
          required username="%s" password="%s";
        kafka.client.ssl.truststore.location = %s
        kafka.client.ssl.truststore.password = %s
        kafka.client.ssl.truststore.type = PKCS12
        """
        .formatted(port, user, password, folder.resolve("trust.p12"), truststorePassword);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
