package dev.flamingo.ingest.video;

import java.time.Duration;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.Pointer;

/**
 * Tells FFmpeg, which asks all the time, whether a blocking call has lasted too long or is not
 * wanted any more.
 */
final class Deadline extends AVIOInterruptCB.Callback_Pointer {

  private volatile long until = System.nanoTime() + Duration.ofDays(1).toNanos();
  private volatile boolean cancelled;

  /** The calls that follow may take this long together. */
  void allow(Duration time) {
    until = System.nanoTime() + time.toNanos();
  }

  /** Aborts the present call and every later one. */
  void cancel() {
    cancelled = true;
  }

  @Override
  public int call(Pointer unused) {
    return cancelled || System.nanoTime() - until > 0 ? 1 : 0;
  }
}
