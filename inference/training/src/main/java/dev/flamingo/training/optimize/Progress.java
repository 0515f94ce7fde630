package dev.flamingo.training.optimize;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/**
 * Shows how far training is: a bar with rate, loss and time left, and a line of JSON per so many
 * steps.
 */
public final class Progress {

  private static final int LOG_EVERY = 20;
  private static final double SMOOTHING = 0.05;
  private static final double NANOS = 1e9;

  private final PrintStream console;
  private final Path metrics;
  private final InstantSource clock;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * Shows progress on a console.
   *
   * @param metrics the file that lines of JSON are added to
   * @param clock times the steps
   */
  public Progress(PrintStream console, Path metrics, InstantSource clock) {
    this.console = console;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Starts a bar.
   *
   * @param first the step it starts with
   * @param steps steps in all
   */
  public Bar start(String name, int first, int steps) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(name)
            .setInitialMax(steps)
            .startsFrom(first, Duration.ZERO)
            .showSpeed()
            .setConsumer(new ConsoleProgressBarConsumer(console))
            .setUpdateIntervalMillis(1_000)
            .build();
    return new Bar(name, bar);
  }

  /** The bar of one stage. */
  public final class Bar implements AutoCloseable {

    private final String name;
    private final ProgressBar bar;
    private final Map<String, Double> smoothed = new LinkedHashMap<>();
    private Instant logged = clock.instant();
    private int stepsSince;

    private Bar(String name, ProgressBar bar) {
      this.name = name;
      this.bar = bar;
    }

    /** Counts a step that is done and has no loss. */
    public void step(int step) {
      step(step, Map.of(), Map::of);
    }

    /**
     * Counts a step that is done.
     *
     * @param losses the loss of every objective that had a batch, by name
     * @param gates how far the gates of cross-attention are open, asked for when a line is written
     */
    public void step(int step, Map<String, Double> losses, Supplier<Map<String, Double>> gates) {
      losses.forEach(
          (objective, loss) ->
              smoothed.merge(objective, loss, (old, now) -> old + SMOOTHING * (now - old)));
      bar.step();
      stepsSince++;
      if (!smoothed.isEmpty()) {
        bar.setExtraMessage(" loss %.3f".formatted(total()));
      }
      if (step % LOG_EVERY == 0) {
        Instant now = clock.instant();
        double seconds = Duration.between(logged, now).toNanos() / NANOS / stepsSince;
        log(new Line(name, step, seconds, total(), smoothed, gates.get()));
        logged = now;
        stepsSince = 0;
      }
    }

    private double total() {
      return smoothed.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private void log(Line line) {
      try (BufferedWriter writer =
          Files.newBufferedWriter(metrics, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        writer.write(json.writeValueAsString(line));
        writer.newLine();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  // A line of the metrics: the mean time of a step since the last line, smoothed losses, and gates
  // as they are.
  private record Line(
      String stage,
      int step,
      double seconds,
      double loss,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Double> losses,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Double> gates) {}
}
