package dev.flamingo.standalone.bench;

import dev.flamingo.model.onnx.Quantization;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How everything is measured.
 *
 * @param bundle the model's folder
 * @param quantization how its language model keeps its weights
 * @param graphs folder for derived graphs
 * @param quick whether it only shows that it works: small shapes, one round, figures of no meaning
 * @param soak how long the soak lasts
 * @param video what is sampled; null for a video that is made for it
 * @param clock the time of day
 * @param progress gets a line for each measurement
 */
public record BenchSettings(
    Path bundle,
    Quantization quantization,
    Path graphs,
    boolean quick,
    Duration soak,
    @Nullable Path video,
    InstantSource clock,
    Consumer<String> progress) {

  /** Returns the number of threads that a model and the measures of the machine have. */
  int threads() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** Returns nanoseconds since any moment. */
  LongSupplier nanoTime() {
    return System::nanoTime;
  }

  /**
   * Returns the usual way of taking turns.
   *
   * @param section whose progress is reported
   */
  Rounds rounds(String section) {
    int count = quick ? 1 : 5;
    return new Rounds(
        count,
        round ->
            progress.accept(
                round == 0
                    ? section + ": warming up"
                    : "%s: round %d of %d".formatted(section, round, count)));
  }

  /** Returns a task that is timed, often enough to be timed well. */
  Timed timed(Task task) {
    return new Timed(task, quick ? Duration.ZERO : Duration.ofMillis(500), nanoTime());
  }
}
