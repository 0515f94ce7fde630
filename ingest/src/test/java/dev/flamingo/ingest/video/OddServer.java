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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A server on the loopback interface that treats each request as the test says. */
final class OddServer implements AutoCloseable {

  /** What it does with a request. */
  interface Behaviour {

    /**
     * Answers, or does not.
     *
     * @param request its first line
     * @param sequence its line {@code CSeq}, where it has one
     * @return whether another request may follow
     */
    boolean answer(String request, String sequence, OutputStream out)
        throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final Behaviour behaviour;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

  OddServer(Behaviour behaviour) {
    this.behaviour = behaviour;
    try {
      server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  /** Answers every request with a head and a body, and closes the connection. */
  static OddServer of(String head, byte[] body) {
    return new OddServer(
        (request, sequence, out) -> {
          out.write((head + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
          out.write(body);
          out.flush();
          return false;
        });
  }

  int port() {
    return server.getLocalPort();
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
    try (client) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
      boolean more = true;
      while (more) {
        String request = in.readLine();
        if (request == null) {
          return;
        }
        String sequence = "";
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
          sequence = line.startsWith("CSeq") ? line : sequence;
        }
        more = behaviour.answer(request, sequence, client.getOutputStream());
      }
    } catch (IOException | InterruptedException e) {
      // The reader went away, as readers do.
    } finally {
      clients.remove(client);
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "odd-server");
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
