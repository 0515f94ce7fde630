package dev.flamingo.ingest.video;

import dev.flamingo.ingest.video.LoopbackServer.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server on the loopback interface whose answers the test writes byte by byte. */
final class RawServer implements AutoCloseable {

  /** Writes one answer, its head included; the connection is closed behind it. */
  interface Answer {
    void write(OutputStream out) throws IOException, InterruptedException;
  }

  private final LoopbackServer server = new LoopbackServer(this::serve);
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

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
    return "http://127.0.0.1:" + server.port() + path;
  }

  /** Paths in the order in which they were asked for. */
  List<String> requests() {
    return requests;
  }

  private void serve(Socket client) throws IOException, InterruptedException {
    Request request = Request.read(LoopbackServer.reader(client));
    if (request == null) {
      return;
    }
    OutputStream out = client.getOutputStream();
    requests.add(request.path());
    Answer answer = answers.get(request.path());
    if (answer == null) {
      write(out, "HTTP/1.0 404 Not Found\r\n\r\n");
    } else {
      answer.write(out);
    }
    out.flush();
  }

  @Override
  public void close() {
    server.close();
  }
}
