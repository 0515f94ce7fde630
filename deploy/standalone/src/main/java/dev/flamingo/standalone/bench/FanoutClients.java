package dev.flamingo.standalone.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Many WebSocket clients in a process of their own, on one event loop: each asks a question and
 * receives the events of its answer. Every line on the standard input is answered by a line with a
 * {@link FanoutStatus}; {@code reset} also forgets what was received so far and passes over what
 * was sent before. The end of the input ends the process.
 */
public final class FanoutClients implements AutoCloseable {

  private static final int CONNECTING_AT_ONCE = 64;
  private static final long LONGEST_MICROS = 600_000_000;
  private static final double MICROS = 1e3;
  private static final double SECOND = 1e6;
  private static final String ASK =
      "{\"type\":\"ask\",\"id\":\"q\",\"stream\":\"fanout\",\"text\":\"what comes?\","
          + "\"deadlineMs\":600000}";
  private static final String CREATED = "\"type\":\"answer.created\"";
  private static final String DELTA = "\"type\":\"answer.delta\"";
  private static final String TEXT = "\"text\":\"";

  private final int port;
  private final int wanted;
  private final InstantSource clock;
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final WebSocketClient client;
  private final ProcessUse use = new ProcessUse();

  // All of it belongs to the event loop.
  private final Histogram latency = new Histogram(LONGEST_MICROS, 3);
  private int begun;
  private int listening;
  private int failed;
  private @Nullable String problem;
  private long since;
  private long firstMicros;
  private long lastMicros;

  private FanoutClients(int port, int wanted, InstantSource clock) {
    this.port = port;
    this.wanted = wanted;
    this.clock = clock;
    client = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(wanted));
  }

  /**
   * Runs them.
   *
   * @param arguments the gateway's port, and how many clients
   * @throws Exception if the input cannot be read or the output not be written
   */
  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    int wanted = Integer.parseInt(arguments[1]);
    InputStreamReader in = new InputStreamReader(System.in, StandardCharsets.UTF_8);
    try (FanoutClients clients = new FanoutClients(port, wanted, InstantSource.system())) {
      clients.start();
      clients.serve(new BufferedReader(in), System.out);
    }
  }

  /** Returns an instant as microseconds since 1970, the text of every delta. */
  static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  private void start() {
    vertx.runOnContext(
        nothing -> {
          for (int i = 0; i < Math.min(wanted, CONNECTING_AT_ONCE); i++) {
            connect();
          }
        });
  }

  private void connect() {
    if (begun == wanted) {
      return;
    }
    begun++;
    ClientWebSocket socket = client.webSocket();
    socket.textMessageHandler(this::hear);
    socket.closeHandler(nothing -> fail("closed by the gateway: " + socket.closeReason()));
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost("127.0.0.1")
            .setPort(port)
            .setURI("/v1/live")
            .setSubProtocols(List.of("flamingo.v1"));
    socket
        .connect(options)
        .onSuccess(
            open -> {
              var unused = open.writeTextMessage(ASK);
              connect();
            })
        .onFailure(
            error -> {
              fail(String.valueOf(error.getMessage()));
              connect();
            });
  }

  private void fail(String why) {
    failed++;
    if (problem == null) {
      problem = why;
    }
  }

  private void hear(String message) {
    if (message.contains(DELTA)) {
      int from = message.indexOf(TEXT) + TEXT.length();
      long sent = Long.parseLong(message.substring(from, message.indexOf('"', from)));
      if (sent < since) {
        return;
      }
      long now = micros(clock.instant());
      latency.recordValue(Math.min(LONGEST_MICROS, Math.max(0, now - sent)));
      firstMicros = firstMicros == 0 ? now : firstMicros;
      lastMicros = now;
    } else if (message.contains(CREATED)) {
      listening++;
    }
  }

  private void serve(BufferedReader in, PrintStream out) throws IOException {
    ObjectMapper json = new ObjectMapper();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      boolean reset = line.equals("reset");
      CompletableFuture<FanoutStatus> status = new CompletableFuture<>();
      vertx.runOnContext(
          nothing -> {
            FanoutStatus now = status();
            if (reset) {
              forget();
            }
            status.complete(now);
          });
      out.println(json.writeValueAsString(status.join()));
      out.flush();
    }
  }

  private void forget() {
    since = micros(clock.instant());
    latency.reset();
    firstMicros = 0;
    lastMicros = 0;
  }

  private FanoutStatus status() {
    return new FanoutStatus(
        listening,
        failed,
        problem,
        latency.getTotalCount(),
        (lastMicros - firstMicros) / SECOND,
        latency.getValueAtPercentile(50) / MICROS,
        latency.getValueAtPercentile(99) / MICROS,
        latency.getMaxValue() / MICROS,
        use.cpuSeconds());
  }

  /** Closes every connection. */
  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
