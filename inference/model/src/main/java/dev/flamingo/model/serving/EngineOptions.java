package dev.flamingo.model.serving;

import dev.flamingo.model.onnx.AnswerShape;
import dev.flamingo.model.onnx.Quantization;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * How an engine runs.
 *
 * @param graphCache folder for derived graphs; created where it does not exist, safe to share and
 *     to delete
 * @param threads threads of one operation, at least 1
 * @param spinning whether idle threads wait by spinning: a little faster alone, a burden to
 *     neighbours
 * @param windowBytes how much heap the keys and values of windows may take, so that a window's next
 *     question need not compute them; the media of one call are kept also beyond it
 * @param prefixBytes how much heap the keys and values of examples may take, so that they are read
 *     once for all that is asked after them; those of one call are kept also beyond it, unless it
 *     is 0 and all is read again every time
 * @param device what it computes on
 * @param wholeAnswers the shapes in which one call gives a whole answer; none by default, since
 *     each is a graph with weights of its own
 * @param quantization how the language model's weights are kept; anything but none is for the CPU;
 *     int8 lets the convolutions of a large frame encoder compute in 8 bits, too
 * @param deviceLost hears, before who asked does, that the device computes nothing any more in this
 *     process; by default nobody does
 */
public record EngineOptions(
    Path graphCache,
    int threads,
    boolean spinning,
    long windowBytes,
    long prefixBytes,
    Device device,
    List<AnswerShape> wholeAnswers,
    Quantization quantization,
    Consumer<RuntimeException> deviceLost) {

  private static final long WINDOW_BYTES = 256L << 20;
  private static final long PREFIX_BYTES = 64L << 20;

  /**
   * Checks that the options go together.
   *
   * @throws IllegalArgumentException if there is no thread, or a negative number of bytes, or
   *     weights are to be quantised on another device than the CPU
   */
  public EngineOptions {
    wholeAnswers = List.copyOf(wholeAnswers);
    if (threads < 1) {
      throw new IllegalArgumentException("an engine cannot run on %d threads".formatted(threads));
    }
    if (windowBytes < 0 || prefixBytes < 0) {
      throw new IllegalArgumentException(
          "%d bytes for windows, %d for examples: allow 0 or more"
              .formatted(windowBytes, prefixBytes));
    }
    if (quantization != Quantization.NONE && device != Device.CPU) {
      throw new IllegalArgumentException(
          "%s weights run on the cpu alone: leave them as they are, or take the cpu"
              .formatted(quantization.label()));
    }
  }

  /**
   * Returns options for the CPU, as many threads as there are processors, without spinning, with
   * 256 MiB for windows and 64 MiB for examples.
   */
  public static EngineOptions cachedIn(Path graphCache) {
    return new EngineOptions(
        graphCache,
        Runtime.getRuntime().availableProcessors(),
        /* spinning= */ false,
        WINDOW_BYTES,
        PREFIX_BYTES,
        Device.CPU,
        List.of(),
        Quantization.NONE,
        failure -> {});
  }

  /** Returns the same options with another number of threads. */
  public EngineOptions withThreads(int count) {
    return new EngineOptions(
        graphCache,
        count,
        spinning,
        windowBytes,
        prefixBytes,
        device,
        wholeAnswers,
        quantization,
        deviceLost);
  }

  /** Returns the same options with other room for the keys and values of windows. */
  public EngineOptions withWindowBytes(long bytes) {
    return new EngineOptions(
        graphCache,
        threads,
        spinning,
        bytes,
        prefixBytes,
        device,
        wholeAnswers,
        quantization,
        deviceLost);
  }

  /** Returns the same options with other room for the keys and values of examples. */
  public EngineOptions withPrefixBytes(long bytes) {
    return new EngineOptions(
        graphCache,
        threads,
        spinning,
        windowBytes,
        bytes,
        device,
        wholeAnswers,
        quantization,
        deviceLost);
  }

  /** Returns the same options on another device. */
  public EngineOptions on(Device other) {
    return new EngineOptions(
        graphCache,
        threads,
        spinning,
        windowBytes,
        prefixBytes,
        other,
        wholeAnswers,
        quantization,
        deviceLost);
  }

  /** Returns the same options with whole answers in one call. */
  public EngineOptions withWholeAnswers(List<AnswerShape> shapes) {
    return new EngineOptions(
        graphCache,
        threads,
        spinning,
        windowBytes,
        prefixBytes,
        device,
        shapes,
        quantization,
        deviceLost);
  }

  /**
   * Returns the same options with the language model's weights kept in another way.
   *
   * @throws IllegalArgumentException if the device does not take it
   */
  public EngineOptions withQuantization(Quantization other) {
    return new EngineOptions(
        graphCache,
        threads,
        spinning,
        windowBytes,
        prefixBytes,
        device,
        wholeAnswers,
        other,
        deviceLost);
  }

  /** Returns the same options with another ear for a lost device. */
  public EngineOptions whenDeviceLost(Consumer<RuntimeException> other) {
    return new EngineOptions(
        graphCache,
        threads,
        spinning,
        windowBytes,
        prefixBytes,
        device,
        wholeAnswers,
        quantization,
        other);
  }
}
