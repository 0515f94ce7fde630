package dev.flamingo.ingest.video;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/**
 * An HTTP camera on the loopback interface that sends Motion JPEG, or falls silent, or hangs up, as
 * the test says.
 */
public final class MjpegCamera implements AutoCloseable {

  /** How the camera behaves. */
  public enum Mood {
    /** Sends ten pictures a second. */
    SENDING,
    /** Sends one byte after another, slowly. */
    TRICKLING,
    /** Holds connections open and sends nothing. */
    SILENT,
    /** Hangs up. */
    GONE
  }

  private final LoopbackServer server;
  private volatile Mood mood = Mood.SENDING;
  private volatile byte[] picture;

  /** Starts a camera of 64x48 pixels on a free port. */
  public MjpegCamera() {
    show(64, 48, 90);
    server = new LoopbackServer(this::serve);
  }

  /** What the camera sees from now on. */
  public void show(int width, int height, int grey) {
    try (JpegEncoder encoder = new JpegEncoder(width, height, 90)) {
      picture = encoder.encode(JpegEncoderTest.flat(width, height, grey, grey, grey));
    }
  }

  /** How the camera behaves from now on. */
  public void be(Mood next) {
    mood = next;
  }

  /** Its address, with a user and a password. */
  public String uri() {
    return "http://admin:secret@127.0.0.1:" + server.port() + "/live?token=secret";
  }

  /** How often somebody connected. */
  public int connections() {
    return server.connections();
  }

  private void serve(Socket client) throws IOException {
    try (OutputStream out = client.getOutputStream()) {
      if (mood == Mood.GONE) {
        return;
      }
      boolean greeted = false;
      while (mood != Mood.GONE && !server.isClosed()) {
        if (mood == Mood.SENDING || mood == Mood.TRICKLING) {
          if (!greeted) {
            out.write(
                ascii(
                    "HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=next\r\n\r\n"));
            greeted = true;
          }
          byte[] jpeg = picture;
          if (mood == Mood.TRICKLING) {
            out.write('-');
            out.flush();
            LockSupport.parkNanos(100_000_000);
            continue;
          }
          out.write(
              ascii(
                  "--next\r\nContent-Type: image/jpeg\r\nContent-Length: "
                      + jpeg.length
                      + "\r\n\r\n"));
          out.write(jpeg);
          out.write(ascii("\r\n"));
          out.flush();
        }
        LockSupport.parkNanos(100_000_000);
      }
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    mood = Mood.GONE;
    server.close();
  }
}
