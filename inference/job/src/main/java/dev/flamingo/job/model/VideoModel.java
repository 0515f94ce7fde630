package dev.flamingo.job.model;

import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The job's only view of a model. Methods that take batches return batches of equal length and
 * order; all are safe for use by several threads. It is closed when no call is under way.
 */
public interface VideoModel extends AutoCloseable {

  /** Returns what others may know of it, its name among them. */
  ModelDescription description();

  /**
   * Encodes pictures; a broken one does not disturb the others.
   *
   * @param pictures JPEG files
   */
  List<EncodedPicture> encode(List<byte[]> pictures);

  /**
   * Turns windows into visual tokens.
   *
   * @param windows for every window the features of its frames, oldest first, as {@link #encode}
   *     made them
   * @return safetensors files with one fp16 tensor {@code [64, width]} each
   */
  List<byte[]> resample(List<List<byte[]>> windows);

  /**
   * Returns an empty batch of questions, each about the visual tokens that it brings; the caller
   * closes it.
   */
  AnswerBatch beginAnswers();

  /** Returns what the model has done since it was opened, by what is counted. */
  Map<String, LongSupplier> counters();

  @Override
  void close();
}
