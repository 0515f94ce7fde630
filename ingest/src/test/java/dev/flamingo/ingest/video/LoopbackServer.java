package dev.flamingo.ingest.video;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Takes connections on the loopback interface, each on a thread of its own. */
final class LoopbackServer implements AutoCloseable {

  /** What is done with one connection, which is closed behind it. */
  interface Service {
    void serve(Socket client) throws IOException, InterruptedException;
  }

  /**
   * The head of a request, of HTTP or RTSP.
   *
   * @param line its first line
   * @param headers by name, in lower case
   */
  record Request(String line, Map<String, String> headers) {

    /** Reads the next request of a connection; null at its end. */
    static @Nullable Request read(BufferedReader in) throws IOException {
      String first = in.readLine();
      if (first == null) {
        return null;
      }
      Map<String, String> headers = new HashMap<>();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        int colon = line.indexOf(':');
        if (colon > 0) {
          headers.put(
              line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
      }
      return new Request(first, headers);
    }

    String method() {
      return line.substring(0, line.indexOf(' '));
    }

    /** The path of HTTP, or the address of RTSP. */
    String path() {
      int start = line.indexOf(' ') + 1;
      return line.substring(start, line.indexOf(' ', start));
    }

    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  private final ServerSocket server;
  private final Service service;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();

  LoopbackServer(Service service) {
    this.service = service;
    try {
      server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  static BufferedReader reader(Socket client) throws IOException {
    return new BufferedReader(
        new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
  }

  int port() {
    return server.getLocalPort();
  }

  boolean isClosed() {
    return server.isClosed();
  }

  /** How many connections were taken. */
  int connections() {
    return connections.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        connections.incrementAndGet();
        clients.add(client);
        daemon(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      service.serve(client);
    } catch (IOException | InterruptedException e) {
      // The reader went away, as readers do.
    } finally {
      clients.remove(client);
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "loopback-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket client : clients) {
        client.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
