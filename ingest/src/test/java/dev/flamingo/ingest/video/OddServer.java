package dev.flamingo.ingest.video;

import dev.flamingo.ingest.video.LoopbackServer.Request;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server on the loopback interface that treats each request of a connection as the test says. */
final class OddServer implements AutoCloseable {

  /** What it does with a request. */
  interface Behaviour {

    /**
     * Answers, or does not.
     *
     * @return whether another request may follow
     */
    boolean answer(Request request, OutputStream out) throws IOException, InterruptedException;
  }

  private final Behaviour behaviour;
  private final LoopbackServer server;

  OddServer(Behaviour behaviour) {
    this.behaviour = behaviour;
    this.server = new LoopbackServer(this::serve);
  }

  /** Answers every request with a head and a body, and closes the connection. */
  static OddServer of(String head, byte[] body) {
    return new OddServer(
        (request, out) -> {
          out.write((head + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
          out.write(body);
          out.flush();
          return false;
        });
  }

  /** Writes the head of an answer to an RTSP request. */
  static void rtsp(OutputStream out, Request request, String status, String more)
      throws IOException {
    String head = "RTSP/1.0 %s\r\nCSeq: %s\r\n%s\r\n";
    out.write(
        head.formatted(status, request.header("CSeq"), more).getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  int port() {
    return server.port();
  }

  boolean isClosed() {
    return server.isClosed();
  }

  private void serve(Socket client) throws IOException, InterruptedException {
    BufferedReader in = LoopbackServer.reader(client);
    boolean more = true;
    while (more) {
      Request request = Request.read(in);
      more = request != null && behaviour.answer(request, client.getOutputStream());
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
