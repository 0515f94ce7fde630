package dev.flamingo.job.model;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * One model and the threads that feed its parts, shared by all operators of a JVM. Flink makes
 * every operator from bytes, so what they share can only hang on a class: this map is the one piece
 * of static state, in a cluster one per job and TaskManager, since each job has a class loader of
 * its own.
 */
public final class SharedModel implements AutoCloseable {

  private record Key(VideoModelProvider provider, ModelLimits limits) {}

  @GuardedBy("SharedModel.class")
  private static final Map<Key, SharedModel> OPEN = new HashMap<>();

  private final Key key;
  private final VideoModel model;
  private final String id;
  private final Batcher<byte[], EncodedPicture> encoder;
  private final Batcher<WindowFeatures, byte[]> resampler;
  private final Answerer answerer;
  private int users;

  private SharedModel(Key key, VideoModel model) {
    this.key = key;
    this.model = model;
    id = model.description().id();
    ModelLimits limits = key.limits();
    encoder = new Batcher<>("flamingo-encode", limits.encode(), model::encode, System::nanoTime);
    resampler =
        new Batcher<>(
            "flamingo-resample",
            limits.resample(),
            windows -> model.resample(windows.stream().map(WindowFeatures::frames).toList()),
            System::nanoTime);
    answerer =
        new Answerer("flamingo-answer", limits.answer(), model::beginAnswers, System::nanoTime);
  }

  /**
   * Returns the JVM's model for this provider, opening it for its first user. Everyone closes what
   * they were given once; the last one closes the model.
   *
   * @throws IOException if the model cannot be opened
   */
  public static SharedModel acquire(VideoModelProvider provider, ModelLimits limits)
      throws IOException {
    synchronized (SharedModel.class) {
      Key key = new Key(provider, limits);
      SharedModel shared = OPEN.get(key);
      if (shared == null) {
        shared = new SharedModel(key, provider.open());
        OPEN.put(key, shared);
      }
      shared.users++;
      return shared;
    }
  }

  /** Returns the name of the model. */
  public String id() {
    return id;
  }

  /** Returns what others may know of the model. */
  public ModelDescription description() {
    return model.description();
  }

  /** Returns what the model has done, see {@link VideoModel#counters}. */
  public Map<String, LongSupplier> counters() {
    return model.counters();
  }

  /** Returns where JPEG pictures become features. */
  public Batcher<byte[], EncodedPicture> encoder() {
    return encoder;
  }

  /** Returns where features become visual tokens. */
  public Batcher<WindowFeatures, byte[]> resampler() {
    return resampler;
  }

  /** Returns where questions become answers. */
  public Answerer answerer() {
    return answerer;
  }

  @Override
  public void close() {
    synchronized (SharedModel.class) {
      users--;
      if (users > 0) {
        return;
      }
      OPEN.remove(key);
      encoder.close();
      resampler.close();
      answerer.close();
      model.close();
    }
  }
}
