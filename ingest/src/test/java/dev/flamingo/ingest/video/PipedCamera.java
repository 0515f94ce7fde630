package dev.flamingo.ingest.video;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An HTTP camera on the loopback interface: what FFmpeg's program writes, in real time, without a
 * length. Its picture's left half grows brighter by ten steps a second, from 40, over a black right
 * half.
 */
final class PipedCamera implements AutoCloseable {

  /** The camera's view, as FFmpeg's argument. */
  static final String VIEW =
      "-re -f lavfi -i nullsrc=s=64x64:r=10,geq=lum='if(lt(X,32),40+10*T,16)':cb=128:cr=128 ";

  private final Path folder;
  private final String arguments;
  private final ServerSocket server;
  private final Set<Process> running = ConcurrentHashMap.newKeySet();

  /** Starts a camera that writes its view with these arguments, but for the output. */
  PipedCamera(Path folder, String encoding) throws IOException {
    this.folder = folder;
    this.arguments = VIEW + encoding + " -flush_packets 1 pipe:1";
    this.server = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::accept, "piped-camera");
    thread.setDaemon(true);
    thread.start();
  }

  String uri() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/live";
  }

  private void accept() {
    while (!server.isClosed()) {
      try (Socket client = server.accept();
          OutputStream out = client.getOutputStream()) {
        out.write(
            "HTTP/1.0 200 OK\r\nContent-Type: application/octet-stream\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        Process camera = FfmpegProgram.start(folder, arguments);
        running.add(camera);
        try (InputStream in = camera.getInputStream()) {
          byte[] some = new byte[1 << 16];
          for (int n = in.read(some); n > 0; n = in.read(some)) {
            out.write(some, 0, n);
          }
        } finally {
          camera.destroyForcibly();
        }
      } catch (IOException e) {
        // The reader went away, as readers do.
      }
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    running.forEach(Process::destroyForcibly);
  }
}
