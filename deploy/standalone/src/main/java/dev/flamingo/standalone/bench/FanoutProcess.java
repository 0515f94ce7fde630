package dev.flamingo.standalone.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * {@link FanoutClients} as a child process: as many sockets as clients count against this process's
 * limit of open files already, and clients must not slow the gateway's heap down. Used from one
 * thread.
 */
final class FanoutProcess implements AutoCloseable {

  private static final Duration CONNECT_WITHIN = Duration.ofMinutes(3);
  private static final Duration ARRIVE_WITHIN = Duration.ofSeconds(30);
  private static final Duration SAY_WITHIN = Duration.ofSeconds(60);
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final long STOP_SECONDS = 5;

  private final ObjectMapper json = new ObjectMapper();
  private final Process process;
  private final int clients;
  private final LongSupplier nanoTime;
  private final BufferedWriter in;
  private final BufferedReader out;

  private FanoutProcess(Process process, int clients, LongSupplier nanoTime) {
    this.process = process;
    this.clients = clients;
    this.nanoTime = nanoTime;
    in = process.outputWriter(StandardCharsets.UTF_8);
    out = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts the clients.
   *
   * @param port of the gateway
   * @param log receives their complaints
   * @param nanoTime nanoseconds since any moment
   * @throws IOException if there is no process to be had
   */
  static FanoutProcess start(int port, int clients, Path log, LongSupplier nanoTime)
      throws IOException {
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
    return new FanoutProcess(builder.redirectError(log.toFile()).start(), clients, nanoTime);
  }

  /**
   * Waits until every client listens or has failed.
   *
   * @throws IOException if that takes too long or none listens
   */
  FanoutStatus awaitListening() throws IOException, InterruptedException {
    FanoutStatus status = await(CONNECT_WITHIN, now -> now.listening() + now.failed() >= clients);
    if (status.listening() + status.failed() < clients) {
      throw new IOException(
          "only %d of %d clients were served within %d s: this machine is too busy"
              .formatted(status.listening(), clients, CONNECT_WITHIN.toSeconds()));
    }
    if (status.listening() == 0) {
      throw new IOException("no client was served: " + status.problem());
    }
    return status;
  }

  /** Waits until so many deltas have arrived, or no longer than those may take. */
  FanoutStatus awaitReceived(long sent) throws IOException, InterruptedException {
    return await(ARRIVE_WITHIN, now -> now.received() >= sent);
  }

  private FanoutStatus await(Duration longest, Predicate<FanoutStatus> enough)
      throws IOException, InterruptedException {
    Metronome metronome = new Metronome(nanoTime);
    FanoutStatus status = status();
    while (!enough.test(status) && metronome.elapsed() < longest.toNanos()) {
      Thread.sleep(LOOK_EVERY.toMillis());
      status = status();
    }
    return status;
  }

  /** Asks how they are. */
  FanoutStatus status() throws IOException, InterruptedException {
    return say("status");
  }

  /** Lets them forget what they received. */
  void reset() throws IOException, InterruptedException {
    var unused = say("reset");
  }

  private FanoutStatus say(String word) throws IOException, InterruptedException {
    in.write(word);
    in.newLine();
    in.flush();
    Metronome metronome = new Metronome(nanoTime);
    while (!out.ready()) {
      if (!process.isAlive() || metronome.elapsed() > SAY_WITHIN.toNanos()) {
        throw new IOException("the clients of the fan-out died or hang: this machine is too busy");
      }
      Thread.sleep(1);
    }
    String line = out.readLine();
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
