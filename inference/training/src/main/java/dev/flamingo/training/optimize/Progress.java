package dev.flamingo.training.optimize;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
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

  private final PrintStream console;
  private final Path metrics;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * Shows progress on a console.
   *
   * @param metrics the file that lines of JSON are added to
   */
  public Progress(PrintStream console, Path metrics) {
    this.console = console;
    this.metrics = metrics;
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
            .startsFrom(first, java.time.Duration.ZERO)
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
    private double smoothed = Double.NaN;

    private Bar(String name, ProgressBar bar) {
      this.name = name;
      this.bar = bar;
    }

    /** Counts a step that is done, with its loss. */
    public void step(int step, double loss) {
      smoothed = Double.isNaN(smoothed) ? loss : smoothed + SMOOTHING * (loss - smoothed);
      bar.step();
      bar.setExtraMessage(" loss %.3f".formatted(smoothed));
      if (step % LOG_EVERY == 0) {
        log(step);
      }
    }

    private void log(int step) {
      try (BufferedWriter writer =
          Files.newBufferedWriter(metrics, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        writer.write(
            json.writeValueAsString(Map.of("stage", name, "step", step, "loss", smoothed)));
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
}
