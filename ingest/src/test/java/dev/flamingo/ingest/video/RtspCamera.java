package dev.flamingo.ingest.video;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * An RTSP camera on the loopback interface: asks for a user and a password, and sends MPEG-4 at ten
 * pictures a second inside the connection, over and over, until it is told to fall silent.
 */
final class RtspCamera implements AutoCloseable {

  private static final String LOGIN =
      "Basic "
          + Base64.getEncoder().encodeToString("admin:secret".getBytes(StandardCharsets.US_ASCII));

  private final ServerSocket server;
  private final List<byte[]> pictures;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private volatile boolean silent;

  RtspCamera(Path folder, int grey) throws IOException {
    Path stream =
        TestClip.steady(10, 1, 24).withLuma(i -> grey).write(folder.resolve("camera.m4v"));
    pictures = pictures(Files.readAllBytes(stream));
    server = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  String uri() {
    return "rtsp://admin:secret@127.0.0.1:" + server.getLocalPort() + "/live";
  }

  void fallSilent() {
    silent = true;
  }

  /** A picture begins at the headers that precede it, and ends where the next one's begin. */
  private static List<byte[]> pictures(byte[] stream) {
    List<byte[]> pictures = new ArrayList<>();
    ByteArrayOutputStream picture = new ByteArrayOutputStream();
    boolean seen = false;
    for (int i = 0; i < stream.length; i++) {
      boolean startCode =
          i + 3 < stream.length && stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1;
      if (startCode && seen) {
        pictures.add(picture.toByteArray());
        picture.reset();
        seen = false;
      }
      seen |= startCode && (stream[i + 3] & 255) == 0xB6;
      picture.write(stream[i]);
    }
    pictures.add(picture.toByteArray());
    return pictures;
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
      OutputStream out = client.getOutputStream();
      boolean playing = false;
      while (!playing) {
        String request = in.readLine();
        if (request == null) {
          return;
        }
        playing = answer(request, in, out);
      }
      play(out);
    } catch (IOException e) {
      // The reader went away, as readers do.
    } finally {
      clients.remove(client);
    }
  }

  private static boolean answer(String request, BufferedReader in, OutputStream out)
      throws IOException {
    String sequence = "";
    boolean known = false;
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      if (line.startsWith("CSeq:")) {
        sequence = line;
      }
      known |= line.equals("Authorization: " + LOGIN);
    }
    String method = request.substring(0, request.indexOf(' '));
    String sdp =
        String.join(
            "\r\n",
            "v=0",
            "o=- 1 1 IN IP4 127.0.0.1",
            "s=camera",
            "t=0 0",
            "m=video 0 RTP/AVP 96",
            "a=rtpmap:96 MP4V-ES/90000",
            "a=control:video",
            "");
    String rest =
        switch (method) {
          case "DESCRIBE" ->
              "Content-Type: application/sdp\r\nContent-Length: " + sdp.length() + "\r\n\r\n" + sdp;
          case "SETUP" -> "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nSession: 1\r\n\r\n";
          default -> "Session: 1\r\nPublic: DESCRIBE, SETUP, PLAY\r\n\r\n";
        };
    boolean open = known || method.equals("OPTIONS");
    String reply =
        open
            ? "RTSP/1.0 200 OK\r\n" + sequence + "\r\n" + rest
            : "RTSP/1.0 401 Unauthorized\r\n"
                + sequence
                + "\r\nWWW-Authenticate: Basic realm=\"camera\"\r\n\r\n";
    out.write(reply.getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return open && method.equals("PLAY");
  }

  private void play(OutputStream out) throws IOException {
    int sequence = 0;
    for (int count = 0; !server.isClosed(); count++) {
      if (!silent) {
        byte[] picture = pictures.get(count % pictures.size());
        int at = 0;
        while (at < picture.length) {
          int length = Math.min(1200, picture.length - at);
          boolean last = at + length == picture.length;
          ByteBuffer packet = ByteBuffer.allocate(16 + length);
          packet.put((byte) '$').put((byte) 0).putShort((short) (12 + length));
          packet.put((byte) 0x80).put((byte) (last ? 96 | 128 : 96)).putShort((short) sequence++);
          packet.putInt(count * 9000).putInt(7).put(picture, at, length);
          out.write(packet.array());
          at += length;
        }
        out.flush();
      }
      LockSupport.parkNanos(100_000_000);
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "rtsp-camera");
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
