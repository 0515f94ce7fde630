package dev.flamingo.ingest.video;

import java.util.Optional;

/**
 * A camera or a file as a sequence of pictures, one per second. Used by one thread at a time;
 * {@link #close()} may come from any thread.
 */
public interface FrameSource extends AutoCloseable {

  /**
   * Waits for the next picture.
   *
   * @return the picture, or nothing once the source has ended
   * @throws VideoStalledException if the source went silent
   * @throws VideoException if the source cannot be opened or read any more
   * @throws InterruptedException if the calling thread is interrupted
   */
  Optional<SampledFrame> next() throws InterruptedException;

  /** True if pictures that are not taken in time are lost, as with a camera; a file waits. */
  boolean live();

  /** True if there may be more to see later, once it has ended: opened again, it goes on. */
  default boolean comesBack() {
    return live();
  }

  /** What went missing so far. */
  Losses losses();

  /** Frees everything; returns in bounded time even if native code hangs. */
  @Override
  void close();

  /**
   * What a source could not deliver.
   *
   * @param corruptPackets packets that could not be read or decoded
   * @param lateFrames sampled pictures of a live source that nobody took in time
   */
  record Losses(long corruptPackets, long lateFrames) {

    /** Nothing lost. */
    public static final Losses NONE = new Losses(0, 0);
  }
}
