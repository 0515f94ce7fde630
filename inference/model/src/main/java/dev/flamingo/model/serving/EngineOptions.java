package dev.flamingo.model.serving;

import dev.flamingo.model.onnx.AnswerShape;
import dev.flamingo.model.onnx.Quantization;
import java.nio.file.Path;
import java.util.List;

/**
 * How an engine runs.
 *
 * @param graphCache folder for derived graphs; created where it does not exist, safe to share and
 *     to delete
 * @param threads threads of one operation, at least 1
 * @param spinning whether idle threads wait by spinning: a little faster alone, a burden to
 *     neighbours
 * @param device what it computes on
 * @param wholeAnswers the shapes in which one call gives a whole answer; none by default, since
 *     each is a graph with weights of its own
 * @param quantization how the language model's weights are kept; anything but none is for the CPU
 */
public record EngineOptions(
    Path graphCache,
    int threads,
    boolean spinning,
    Device device,
    List<AnswerShape> wholeAnswers,
    Quantization quantization) {

  /**
   * Checks that the options go together.
   *
   * @throws IllegalArgumentException if the number of threads is below 1, or weights are to be
   *     quantised on another device than the CPU
   */
  public EngineOptions {
    wholeAnswers = List.copyOf(wholeAnswers);
    if (threads < 1) {
      throw new IllegalArgumentException("an engine cannot run on %d threads".formatted(threads));
    }
    if (quantization != Quantization.NONE && device != Device.CPU) {
      throw new IllegalArgumentException(
          "%s weights run on the cpu alone: leave them as they are, or take the cpu"
              .formatted(quantization.label()));
    }
  }

  /** Returns options for the CPU, as many threads as there are processors, without spinning. */
  public static EngineOptions cachedIn(Path graphCache) {
    int processors = Runtime.getRuntime().availableProcessors();
    return new EngineOptions(
        graphCache, processors, /* spinning= */ false, Device.CPU, List.of(), Quantization.NONE);
  }

  /** Returns the same options with another number of threads. */
  public EngineOptions withThreads(int count) {
    return new EngineOptions(graphCache, count, spinning, device, wholeAnswers, quantization);
  }

  /** Returns the same options on another device. */
  public EngineOptions on(Device other) {
    return new EngineOptions(graphCache, threads, spinning, other, wholeAnswers, quantization);
  }

  /** Returns the same options with whole answers in one call. */
  public EngineOptions withWholeAnswers(List<AnswerShape> shapes) {
    return new EngineOptions(graphCache, threads, spinning, device, shapes, quantization);
  }

  /**
   * Returns the same options with the language model's weights kept in another way.
   *
   * @throws IllegalArgumentException if the device does not take it
   */
  public EngineOptions withQuantization(Quantization other) {
    return new EngineOptions(graphCache, threads, spinning, device, wholeAnswers, other);
  }
}
