package dev.flamingo.gateway;

import static dev.flamingo.gateway.LiveGateway.patiently;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flamingo.events.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client on the WebSocket, which remembers all it was told. */
final class LiveClient implements WebSocket.Listener, AutoCloseable {

  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final boolean reads;
  private final WebSocket socket;
  private volatile int closeCode;

  private LiveClient(int port, boolean reads, @Nullable String origin) throws Exception {
    this.reads = reads;
    WebSocket.Builder builder =
        HttpClient.newHttpClient().newWebSocketBuilder().subprotocols("flamingo.v1");
    if (origin != null) {
      builder.header("Origin", origin);
    }
    socket =
        builder
            .buildAsync(URI.create("ws://localhost:" + port + "/v1/live"), this)
            .get(20, TimeUnit.SECONDS);
  }

  static LiveClient connect(LiveGateway gateway) throws Exception {
    return new LiveClient(gateway.port(), true, null);
  }

  /** Connects as a browser does for a page of a site. */
  static LiveClient fromPage(LiveGateway gateway, String origin) throws Exception {
    return new LiveClient(gateway.port(), true, origin);
  }

  /** Connects and reads nothing until told to. */
  static LiveClient asleep(LiveGateway gateway) throws Exception {
    return new LiveClient(gateway.port(), false, null);
  }

  @Override
  public void onOpen(WebSocket opened) {
    if (reads) {
      opened.request(1);
    }
  }

  void wake() {
    socket.request(Long.MAX_VALUE);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      try {
        events.add(EventJson.mapper().readTree(text.toString()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closeCode = code;
    return null;
  }

  LiveClient send(String message) throws Exception {
    socket.sendText(message, true).get(20, TimeUnit.SECONDS);
    return this;
  }

  /** Waits for the first event of a type. */
  JsonNode first(String type) {
    return atLeast(type, 1).get(0);
  }

  /** Waits for events of a type. */
  List<JsonNode> atLeast(String type, int number) {
    return patiently().until(() -> events(type), found -> found.size() >= number);
  }

  /** Returns the events of a type until now. */
  List<JsonNode> events(String type) {
    return events.stream().filter(event -> event.path("type").asText().equals(type)).toList();
  }

  /** Returns all events until now. */
  List<JsonNode> events() {
    return events;
  }

  int closeCode() {
    return closeCode;
  }

  String subprotocol() {
    return socket.getSubprotocol();
  }

  @Override
  public void close() {
    socket.abort();
  }
}
