package dev.flamingo.gateway;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Listens for HTTP and WebSockets, and admits the latter. */
final class GatewayServer {

  private static final String PATH = "/v1/live";
  private static final int LARGEST_MESSAGE = 1 << 20;
  private static final long START_SECONDS = 20;

  /** Longer than the longest deadline of a question, for whose answer a client waits in silence. */
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(15);

  /** A client that only listens shows by its pongs that it is there. */
  private static final Duration PING_EVERY = Duration.ofMinutes(5);

  private final Context loop;
  private final GatewayConfig config;
  private final Doorkeeper doorkeeper;
  private final Gatekeeper gatekeeper;
  private final AtomicInteger clients = new AtomicInteger();
  private @Nullable HttpServer server;

  GatewayServer(Context loop, GatewayConfig config, Doorkeeper doorkeeper, Gatekeeper gatekeeper) {
    this.loop = loop;
    this.config = config;
    this.doorkeeper = doorkeeper;
    this.gatekeeper = gatekeeper;
  }

  /**
   * Begins to listen.
   *
   * @param api serves HTTP
   * @param sessions opens the session of a WebSocket, and runs what it is given at its end
   * @throws IOException if the port is in use
   */
  void listen(HttpApi api, BiConsumer<ServerWebSocket, Runnable> sessions) throws IOException {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(config.host())
            .setPort(config.port())
            .setCompressionSupported(true)
            .setReadIdleTimeout((int) LONGEST_SILENCE.toSeconds())
            .setMaxWebSocketFrameSize(LARGEST_MESSAGE)
            .setMaxWebSocketMessageSize(LARGEST_MESSAGE)
            .setWebSocketSubProtocols(List.of("flamingo.v1"));
    Router router = Router.router(loop.owner());
    api.addTo(router);
    Future<HttpServer> listening =
        Future.future(
            promise ->
                loop.runOnContext(
                    nothing ->
                        loop.owner()
                            .createHttpServer(options)
                            .requestHandler(request -> router.handle(withHost(request)))
                            .webSocketHandshakeHandler(this::admit)
                            .webSocketHandler(socket -> accept(socket, sessions))
                            .listen()
                            .onComplete(promise)));
    try {
      server =
          listening.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(
          "port %d is in use: choose another with --port".formatted(config.port()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while starting", e);
    }
  }

  /** An HTTP/1.0 client may name no host: it means this one. Browsers always name one. */
  private static HttpServerRequest withHost(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_1_0 && !request.headers().contains("Host")) {
      request.headers().set("Host", "localhost");
    }
    return request;
  }

  private void admit(ServerWebSocketHandshake handshake) {
    Visit visit = Visit.of(handshake);
    try {
      doorkeeper.admit(visit);
      gatekeeper.admit(visit, doorkeeper.client(visit));
      ignore(visit.path().equals(PATH) ? handshake.accept() : handshake.reject(404));
    } catch (HttpError e) {
      ignore(handshake.reject(e.status()));
    }
  }

  private static void ignore(Future<?> outcome) {
    outcome.otherwiseEmpty();
  }

  private void accept(ServerWebSocket socket, BiConsumer<ServerWebSocket, Runnable> sessions) {
    clients.incrementAndGet();
    long pings =
        loop.owner()
            .setPeriodic(PING_EVERY.toMillis(), timer -> ignore(socket.writePing(Buffer.buffer())));
    sessions.accept(
        socket,
        () -> {
          loop.owner().cancelTimer(pings);
          clients.decrementAndGet();
        });
  }

  /** Returns how many WebSockets are open. */
  int clients() {
    return clients.get();
  }

  /** Returns the port it listens on. */
  int port() {
    return server == null ? config.port() : server.actualPort();
  }
}
