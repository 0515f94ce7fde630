package dev.flamingo.ingest.video;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
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

  private final ServerSocket server;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile Mood mood = Mood.SENDING;
  private volatile byte[] picture;

  /** Starts a camera of 64x48 pixels on a free port. */
  public MjpegCamera() {
    show(64, 48, 90);
    try {
      server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
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
    return "http://admin:secret@127.0.0.1:" + server.getLocalPort() + "/live?token=secret";
  }

  /** How often somebody connected. */
  public int connections() {
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
    try (client;
        OutputStream out = client.getOutputStream()) {
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
    } catch (IOException e) {
      // The reader went away, as readers do.
    } finally {
      clients.remove(client);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "mjpeg-camera");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    mood = Mood.GONE;
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
