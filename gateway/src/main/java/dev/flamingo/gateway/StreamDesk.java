package dev.flamingo.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flamingo.events.CloudEvents;
import dev.flamingo.events.EventJson;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.RedactedUri;
import dev.flamingo.events.StreamId;
import dev.flamingo.events.StreamSpec;
import dev.flamingo.events.StreamState;
import dev.flamingo.events.StreamStatus;
import dev.flamingo.events.Topics;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers streams and lists them. */
final class StreamDesk {

  private static final Logger LOG = LoggerFactory.getLogger(StreamDesk.class);

  private final Topics topics;
  private final Producer<String, byte[]> producer;
  private final InstantSource clock;
  private final Supplier<String> ids;
  private final CloudEvents events = new CloudEvents("/flamingo/gateway");
  private final ObjectMapper mapper = EventJson.mapper();
  private final JsonSerde<StreamSpec> serde = new JsonSerde<>(StreamSpec.class);

  StreamDesk(
      Topics topics, Producer<String, byte[]> producer, InstantSource clock, Supplier<String> ids) {
    this.topics = topics;
    this.producer = producer;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * A stream as it is shown.
   *
   * @param uri without its secrets
   * @param pictures the capture instants between which its frames can be fetched
   */
  record Listed(
      String id,
      String uri,
      boolean enabled,
      boolean captions,
      Map<String, String> labels,
      @Nullable StreamState state,
      @Nullable Instant since,
      @Nullable String reason,
      FrameShelf.@Nullable Span pictures) {}

  List<Listed> list(
      Map<String, StreamSpec> streams, Map<String, StreamStatus> states, FrameShelf frames) {
    return streams.entrySet().stream()
        .map(
            entry ->
                listed(
                    entry.getKey(),
                    entry.getValue(),
                    states.get(entry.getKey()),
                    frames.span(entry.getKey()).orElse(null)))
        .toList();
  }

  private static Listed listed(
      String id,
      StreamSpec spec,
      @Nullable StreamStatus status,
      FrameShelf.@Nullable Span pictures) {
    return new Listed(
        id,
        RedactedUri.of(spec.uri()).text(),
        spec.enabled(),
        spec.captions(),
        spec.labels(),
        status == null ? null : status.state(),
        status == null ? null : status.since(),
        status == null ? null : status.reason(),
        pictures);
  }

  /**
   * Registers a stream.
   *
   * @throws IllegalArgumentException if a field is wrong
   */
  Listed register(JsonNode request) {
    String id = new StreamId(request.path("id").asText()).value();
    StreamSpec spec;
    try {
      spec = mapper.treeToValue(request, StreamSpec.class);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the stream needs a uri: a file, street:, rtsp://, http:// or /dev/videoN", e);
    }
    publish(id, serde.write(spec), "dev.flamingo.stream.registered.v1");
    return listed(id, spec, null, null);
  }

  void remove(String id) {
    publish(new StreamId(id).value(), null, "dev.flamingo.stream.removed.v1");
  }

  private void publish(String id, byte @Nullable [] value, String type) {
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(topics.streams(), id, value);
    events.writeTo(record.headers(), ids.get(), type, clock.instant());
    var unused =
        producer.send(
            record,
            (metadata, error) -> {
              if (error != null) {
                LOG.warn(
                    "kafka did not take the registration of stream {}: {}", id, error.toString());
              }
            });
  }
}
