package dev.flamingo.ingest.video;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;

/** A real sender: the ffmpeg program of the bundled library, which sends a moving test picture. */
public final class FfmpegSender implements AutoCloseable {

  private static final Path PROGRAM = unpacked();

  private final Process process;

  private FfmpegSender(Process process) {
    this.process = process;
  }

  /**
   * Starts to send ten pictures a second of 160x120 pixels.
   *
   * @param output codec, format and address
   */
  public static FfmpegSender to(List<String> output) {
    List<String> arguments =
        new ArrayList<>(List.of("-re", "-f", "lavfi", "-i", "testsrc2=s=160x120:r=10"));
    arguments.addAll(List.of("-g", "10", "-bf", "0"));
    arguments.addAll(output);
    return run(arguments);
  }

  /** Starts the program. */
  static FfmpegSender run(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(PROGRAM.toString(), "-nostdin", "-y"));
    command.addAll(List.of("-loglevel", "quiet"));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("LD_LIBRARY_PATH", PROGRAM.resolveSibling("").toString());
    try {
      return new FfmpegSender(builder.start());
    } catch (IOException e) {
      throw new IllegalStateException("the bundled ffmpeg program does not start", e);
    }
  }

  private static Path unpacked() {
    Path program = Path.of(Loader.load(org.bytedeco.ffmpeg.ffmpeg.class));
    try {
      // The libraries that the program links lie beside it in its archive.
      Loader.cacheResource(
          org.bytedeco.ffmpeg.ffmpeg.class,
          "/org/bytedeco/ffmpeg/" + program.resolveSibling("").getFileName());
    } catch (IOException e) {
      throw new IllegalStateException("the bundled ffmpeg program does not unpack", e);
    }
    return program;
  }

  /** Waits until it has written all. */
  public void await() throws InterruptedException {
    if (process.waitFor() != 0) {
      throw new IllegalStateException("ffmpeg ended with " + process.exitValue());
    }
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /** Sends nothing until it is resumed, and keeps its connections. */
  void pause() throws Exception {
    signal("-STOP");
  }

  void resume() throws Exception {
    signal("-CONT");
  }

  private void signal(String name) throws Exception {
    new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor();
  }

  /** A port that is free for TCP. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** An even port that is free for UDP, like the one after it. */
  static int freeUdpPorts() throws IOException {
    while (true) {
      try (DatagramSocket socket = new DatagramSocket()) {
        int port = socket.getLocalPort() & ~1;
        if (isFree(port + 1 == socket.getLocalPort() ? port : port + 1)) {
          return port;
        }
      }
    }
  }

  private static boolean isFree(int port) {
    try (DatagramSocket socket = new DatagramSocket(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
