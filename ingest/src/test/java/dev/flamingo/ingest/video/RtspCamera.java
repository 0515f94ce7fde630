package dev.flamingo.ingest.video;

import dev.flamingo.ingest.video.LoopbackServer.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * An RTSP camera on the loopback interface: asks for a user and a password, and sends MPEG-4 at ten
 * pictures a second inside the connection, over and over, until it is told otherwise.
 */
final class RtspCamera implements AutoCloseable {

  /** How the camera behaves. */
  enum Mood {
    /** Sends. */
    SENDING,
    /** Holds the connection open and sends nothing. */
    SILENT,
    /** Says goodbye, holds the connection open and sends nothing. */
    LEAVING,
    /** Hangs up. */
    GONE
  }

  private static final String LOGIN =
      "Basic "
          + Base64.getEncoder().encodeToString("admin:secret".getBytes(StandardCharsets.US_ASCII));

  private final RtpStream stream;
  private final String range;
  private final int pictures;
  private final OddServer server = new OddServer(this::answer);
  private final AtomicInteger plays = new AtomicInteger();
  private volatile Mood mood = Mood.SENDING;

  /** A camera that sees one grey. */
  RtspCamera(Path folder, int grey) throws IOException {
    this(RtpStream.of(folder, 24, Integer.toString(grey)), /* range= */ "", Integer.MAX_VALUE);
  }

  /**
   * Plays a stream to every client from its start.
   *
   * @param range what the description says of its time, as an attribute; empty for nothing
   * @param pictures how many are sent before it says goodbye
   */
  RtspCamera(RtpStream stream, String range, int pictures) {
    this.stream = stream;
    this.range = range;
    this.pictures = pictures;
  }

  int port() {
    return server.port();
  }

  String uri() {
    return "rtsp://admin:secret@127.0.0.1:" + port() + "/live";
  }

  /** How often it was asked to play. */
  int plays() {
    return plays.get();
  }

  /** How the camera behaves from now on. */
  void be(Mood next) {
    mood = next;
  }

  private boolean answer(Request request, OutputStream out) throws IOException {
    boolean known = request.header("Authorization").equals(LOGIN);
    if (!known && !request.method().equals("OPTIONS")) {
      OddServer.rtsp(
          out, request, "401 Unauthorized", "WWW-Authenticate: Basic realm=\"camera\"\r\n");
      return true;
    }
    switch (request.method()) {
      case "DESCRIBE" -> {
        String sdp = RtpStream.sdp(0, range.isEmpty() ? "" : range + "\r\n");
        OddServer.rtsp(
            out,
            request,
            "200 OK",
            "Content-Type: application/sdp\r\nContent-Length: " + sdp.length() + "\r\n");
        out.write(sdp.getBytes(StandardCharsets.US_ASCII));
        out.flush();
      }
      case "SETUP" ->
          OddServer.rtsp(
              out,
              request,
              "200 OK",
              "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nSession: 1\r\n");
      case "PLAY" -> {
        OddServer.rtsp(out, request, "200 OK", "Session: 1\r\n");
        plays.incrementAndGet();
        play(out);
        return false;
      }
      default ->
          OddServer.rtsp(out, request, "200 OK", "Session: 1\r\nPublic: DESCRIBE, SETUP, PLAY\r\n");
    }
    return true;
  }

  private void play(OutputStream out) throws IOException {
    RtpStream sent = stream.restarted(7, 0);
    boolean left = false;
    for (int count = 0; !server.isClosed() && mood != Mood.GONE; count++) {
      if (!left && (mood == Mood.LEAVING || count == pictures)) {
        interleaved(out, 1, sent.bye());
        left = true;
      } else if (!left && mood == Mood.SENDING) {
        for (byte[] packet : sent.next()) {
          interleaved(out, 0, packet);
        }
      }
      out.flush();
      LockSupport.parkNanos(100_000_000);
    }
  }

  private static void interleaved(OutputStream out, int channel, byte[] packet) throws IOException {
    ByteBuffer framed = ByteBuffer.allocate(4 + packet.length);
    framed.put((byte) '$').put((byte) channel).putShort((short) packet.length).put(packet);
    out.write(framed.array());
  }

  @Override
  public void close() {
    server.close();
  }
}
