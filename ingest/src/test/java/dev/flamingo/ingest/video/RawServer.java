package dev.flamingo.ingest.video;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server on the loopback interface whose answers the test writes byte by byte. */
final class RawServer implements AutoCloseable {

  /** Writes one answer, its head included; the connection is closed behind it. */
  interface Answer {
    void write(OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  RawServer() {
    try {
      server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  /** What it answers for a path from now on. */
  RawServer on(String path, Answer answer) {
    answers.put(path, answer);
    return this;
  }

  /** The same for a body of known length. */
  RawServer on(String path, String type, byte[] body) {
    return on(
        path,
        out -> {
          head(out, type, "Content-Length: " + body.length + "\r\n");
          out.write(body);
        });
  }

  /** Writes an answer's head. */
  static void head(OutputStream out, String type, String more) throws IOException {
    String kind = type.isEmpty() ? "" : "Content-Type: " + type + "\r\n";
    write(out, "HTTP/1.0 200 OK\r\n" + kind + more + "\r\n");
  }

  static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  String uri(String path) {
    return "http://127.0.0.1:" + server.getLocalPort() + path;
  }

  /** Paths in the order in which they were asked for. */
  List<String> requests() {
    return requests;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        clients.add(client);
        daemon(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        OutputStream out = client.getOutputStream()) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
      String request = in.readLine();
      if (request == null) {
        return;
      }
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        // The answer does not depend on them.
      }
      int start = request.indexOf(" ") + 1;
      String path = request.substring(start, request.indexOf(" ", start));
      requests.add(path);
      Answer answer = answers.get(path);
      if (answer == null) {
        write(out, "HTTP/1.0 404 Not Found\r\n\r\n");
      } else {
        answer.write(out);
      }
      out.flush();
    } catch (IOException | InterruptedException e) {
      // The reader went away, as readers do.
    } finally {
      clients.remove(client);
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "raw-server");
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
