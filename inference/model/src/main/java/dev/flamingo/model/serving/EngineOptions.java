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
 * @param caches how much it may remember on the heap
 * @param device what it computes on
 * @param wholeAnswers the shapes in which one call gives a whole answer; none by default, since
 *     each is a graph that is loaded beside the others
 * @param quantization how the language model's weights are kept; anything but none is for the CPU;
 *     int8 lets the convolutions of a large frame encoder compute in 8 bits, too
 * @param packFrom bytes of a model's weights from which on they are laid out for this machine's
 *     processor when its graphs are derived, and mapped instead of copied
 * @param deviceLost hears, before who asked does, that the device computes nothing any more in this
 *     process; by default nobody does
 */
public record EngineOptions(
    Path graphCache,
    int threads,
    CacheLimits caches,
    Device device,
    List<AnswerShape> wholeAnswers,
    Quantization quantization,
    long packFrom,
    Consumer<RuntimeException> deviceLost) {

  /**
   * Checks that the options go together.
   *
   * @throws IllegalArgumentException if there is no thread, or weights are to be quantised on
   *     another device than the CPU
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

  /** Returns options for the CPU, as many threads as there are processors, and the usual caches. */
  public static EngineOptions cachedIn(Path graphCache) {
    return new EngineOptions(
        graphCache,
        Runtime.getRuntime().availableProcessors(),
        CacheLimits.DEFAULT,
        Device.CPU,
        List.of(),
        Quantization.NONE,
        PackedGraphs.LEAST_BYTES,
        failure -> {});
  }

  /** Returns the same options with another number of threads. */
  public EngineOptions withThreads(int count) {
    return new EngineOptions(
        graphCache, count, caches, device, wholeAnswers, quantization, packFrom, deviceLost);
  }

  /** Returns the same options with other caches. */
  public EngineOptions withCaches(CacheLimits other) {
    return new EngineOptions(
        graphCache, threads, other, device, wholeAnswers, quantization, packFrom, deviceLost);
  }

  /** Returns the same options on another device. */
  public EngineOptions on(Device other) {
    return new EngineOptions(
        graphCache, threads, caches, other, wholeAnswers, quantization, packFrom, deviceLost);
  }

  /** Returns the same options with whole answers in one call. */
  public EngineOptions withWholeAnswers(List<AnswerShape> shapes) {
    return new EngineOptions(
        graphCache, threads, caches, device, shapes, quantization, packFrom, deviceLost);
  }

  /**
   * Returns the same options with the language model's weights kept in another way.
   *
   * @throws IllegalArgumentException if the device does not take it
   */
  public EngineOptions withQuantization(Quantization other) {
    return new EngineOptions(
        graphCache, threads, caches, device, wholeAnswers, other, packFrom, deviceLost);
  }

  /**
   * Returns the same options with weights laid out ahead of time from another size on.
   *
   * @param bytes of a model's weights; 0 for every model
   */
  public EngineOptions packingFrom(long bytes) {
    return new EngineOptions(
        graphCache, threads, caches, device, wholeAnswers, quantization, bytes, deviceLost);
  }

  boolean packs(long weightBytes) {
    return weightBytes >= packFrom;
  }

  /** Returns the same options with another ear for a lost device. */
  public EngineOptions whenDeviceLost(Consumer<RuntimeException> other) {
    return new EngineOptions(
        graphCache, threads, caches, device, wholeAnswers, quantization, packFrom, other);
  }
}
