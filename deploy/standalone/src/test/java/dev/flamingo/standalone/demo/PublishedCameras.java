package dev.flamingo.standalone.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.StreamSpec;
import dev.flamingo.events.StreamState;
import dev.flamingo.events.StreamStatus;
import dev.flamingo.events.TopicCreator;
import dev.flamingo.events.Topics;
import dev.flamingo.gateway.Access;
import dev.flamingo.gateway.Gateway;
import dev.flamingo.gateway.GatewayConfig;
import dev.flamingo.standalone.Parts;
import dev.flamingo.standalone.kafka.EmbeddedKafka;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A gateway on a real Kafka, with cameras whose frames, captions and states are published here: a
 * page can be shown many of them where ingest and a model would need a larger machine.
 */
final class PublishedCameras implements AutoCloseable {

  private static final int CAPTION_SECONDS = 8;

  private final Topics topics = Topics.standard();
  private final Parts parts = new Parts();
  private final JsonSerde<StreamSpec> specs = new JsonSerde<>(StreamSpec.class);
  private final JsonSerde<StreamStatus> states = new JsonSerde<>(StreamStatus.class);
  private final List<String> live = new CopyOnWriteArrayList<>();
  private final List<byte[]> pictures;
  private final KafkaProducer<String, byte[]> producer;
  private final Gateway gateway;
  private long second;

  PublishedCameras(Path data) throws Exception {
    this(data, Access.local());
  }

  PublishedCameras(Path data, Access access) throws Exception {
    pictures = IntStream.range(0, 12).mapToObj(PublishedCameras::picture).toList();
    EmbeddedKafka kafka = parts.add(EmbeddedKafka.start(data.resolve("kafka"), freePort()));
    Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrap());
    try (Admin admin = Admin.create(client)) {
      new TopicCreator(admin).create(topics.definitions(1, (short) 1));
    }
    producer =
        parts.add(new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer()));
    gateway =
        parts.add(
            Gateway.start(
                GatewayConfig.of(kafka.bootstrap(), 0, data.resolve("gateway"))
                    .withAccess(access)));
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    parts.add(
        () -> {
          clock.shutdownNow();
          var unused = clock.awaitTermination(10, TimeUnit.SECONDS);
        });
    var unused = clock.scheduleAtFixedRate(this::publishSecond, 0, 1, TimeUnit.SECONDS);
    Awaitility.await().atMost(Browser.SOON).until(gateway::ready);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static byte[] picture(int number) {
    BufferedImage image = new BufferedImage(96, 96, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.getHSBColor(number / 12f, 0.4f, 0.8f));
    pen.fillRect(0, 0, 96, 96);
    pen.setColor(Color.DARK_GRAY);
    pen.fillRect(number * 8, 60, 24, 16);
    pen.dispose();
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpg", jpeg);
    } catch (IOException e) {
      throw new IllegalStateException("no picture", e);
    }
    return jpeg.toByteArray();
  }

  String url(String path) {
    return "http://127.0.0.1:" + gateway.port() + path;
  }

  /** Registers a camera that sends a frame a second and a caption every eight. */
  void live(String id, String name) {
    register(id, name);
    state(id, StreamState.LIVE, null);
    live.add(id);
  }

  /** From now on a camera sends nothing. */
  void silent(String id) {
    live.remove(id);
  }

  void register(String id, String name) {
    StreamSpec spec =
        new StreamSpec("street:?seed=" + id.hashCode(), true, true, Map.of("name", name));
    send(topics.streams(), id, specs.write(spec));
  }

  void remove(String id) {
    live.remove(id);
    send(topics.streams(), id, null);
  }

  void state(String id, StreamState state, @Nullable String reason) {
    send(topics.streamStatus(), id, states.write(new StreamStatus(state, Instant.now(), reason)));
  }

  private void publishSecond() {
    second++;
    Instant now = Instant.now();
    // A copy: one may fall silent meanwhile.
    List<String> sending = List.copyOf(live);
    for (int camera = 0; camera < sending.size(); camera++) {
      String id = sending.get(camera);
      send(topics.frames(), id, pictures.get((int) ((second + camera) % pictures.size())));
      if ((second + camera) % CAPTION_SECONDS == 0) {
        caption(id, captionOf(id, now));
      }
    }
  }

  private String captionOf(String id, Instant now) {
    return """
        {"id":"%1$s-%2$d","stream":"%1$s","kind":"caption","status":"completed","finish":"stop",
         "text":"caption %2$d of %1$s","confidence":0.9,"model":"published",
         "window":{"from":"%3$s","to":"%4$s","frames":["%4$s"]}}"""
        .formatted(id, second, now.minusSeconds(7), now);
  }

  /** Publishes an answer, as the job does. */
  void answer(String id, String json) {
    send(topics.answers(), id, json.getBytes(UTF_8));
  }

  /** Publishes a caption, as the job does. */
  void caption(String stream, String json) {
    send(topics.captions(), stream, json.getBytes(UTF_8));
  }

  private void send(String topic, String key, byte @Nullable [] value) {
    var unused = producer.send(new ProducerRecord<>(topic, key, value));
  }

  @Override
  public void close() throws Exception {
    parts.close();
  }
}
