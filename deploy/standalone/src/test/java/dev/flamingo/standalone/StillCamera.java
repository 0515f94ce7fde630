package dev.flamingo.standalone;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.flamingo.ingest.video.FrameSource;
import dev.flamingo.ingest.video.FrameSourceOptions;
import dev.flamingo.ingest.video.FrameSources;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A Motion JPEG camera over HTTP that shows one picture of the street all the time: {@code
 * /steady}, whoever asks, and {@code /closed}, which refuses every password.
 */
final class StillCamera implements AutoCloseable {

  private static final long GAP_MILLIS = 200;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final byte[] jpeg;

  StillCamera() throws IOException, InterruptedException {
    try (FrameSource street =
        new FrameSources().open("street:?seed=5", FrameSourceOptions.defaults().withFast(true))) {
      jpeg = street.next().orElseThrow().jpeg();
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/steady", this::show);
    server.createContext("/closed", exchange -> refuse(exchange));
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void show(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "multipart/x-mixed-replace;boundary=next");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream body = exchange.getResponseBody()) {
      while (!closed.await(GAP_MILLIS, TimeUnit.MILLISECONDS)) {
        body.write(
            "--next\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n"
                .formatted(jpeg.length)
                .getBytes(US_ASCII));
        body.write(jpeg);
        body.write("\r\n".getBytes(US_ASCII));
        body.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void refuse(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"camera\"");
    exchange.sendResponseHeaders(401, -1);
    exchange.close();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
