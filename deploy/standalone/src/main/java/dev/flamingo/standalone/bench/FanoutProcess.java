package dev.flamingo.standalone.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * {@link FanoutClients} as a child process: as many sockets as clients count against this process's
 * limit of open files already, and clients must not slow the gateway's heap down. Used from one
 * thread.
 */
final class FanoutProcess implements AutoCloseable {

  private static final long STOP_SECONDS = 5;

  private final ObjectMapper json = new ObjectMapper();
  private final Process process;
  private final BufferedWriter in;
  private final BufferedReader out;

  private FanoutProcess(Process process) {
    this.process = process;
    in = process.outputWriter(StandardCharsets.UTF_8);
    out = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts the clients.
   *
   * @param port of the gateway
   * @param log receives their complaints
   * @throws IOException if there is no process to be had
   */
  static FanoutProcess start(int port, int clients, Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-XX:+UseSerialGC",
            FanoutClients.class.getName(),
            Integer.toString(port),
            Integer.toString(clients));
    // In the environment, where it may be long.
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return new FanoutProcess(builder.redirectError(log.toFile()).start());
  }

  /** Asks how they are. */
  FanoutStatus status() throws IOException {
    return say("status");
  }

  /** Lets them forget what they received. */
  void reset() throws IOException {
    var unused = say("reset");
  }

  private FanoutStatus say(String word) throws IOException {
    in.write(word);
    in.newLine();
    in.flush();
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the clients of the fan-out died: try it with fewer");
    }
    return json.readValue(line, FanoutStatus.class);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    try {
      in.close();
      var unused = process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    } finally {
      process.destroyForcibly();
      out.close();
    }
  }
}
