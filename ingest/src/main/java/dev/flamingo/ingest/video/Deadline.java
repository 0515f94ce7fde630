package dev.flamingo.ingest.video;

import java.time.Duration;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Ends FFmpeg's blocking calls that last too long or are not wanted any more. FFmpeg polls a
 * callback with a pointer of the caller's choosing; that pointer leads to the moment at which the
 * call must end.
 *
 * <p>JavaCPP can make ten instances of a callback class in a process and gives null from the
 * eleventh on, silently. There is therefore one callback for all deadlines, without state.
 */
final class Deadline implements AutoCloseable {

  /** FFmpeg asks whether to give up. */
  private static final class Expired extends AVIOInterruptCB.Callback_Pointer {

    static final Expired CALLBACK = new Expired();

    @Override
    public int call(Pointer until) {
      return System.nanoTime() - new LongPointer(until).get() > 0 ? 1 : 0;
    }
  }

  private static final Duration FAR = Duration.ofDays(1);

  private long until = System.nanoTime() + FAR.toNanos();
  private boolean cancelled;
  private @Nullable LongPointer watched;

  /** Bounds the calls of a container or another user of the callback, until this is closed. */
  synchronized void guard(AVIOInterruptCB calls) {
    LongPointer pointer = watched;
    if (pointer == null) {
      pointer = new LongPointer(1);
      watched = pointer;
    }
    pointer.put(until);
    calls.callback(Expired.CALLBACK).opaque(pointer);
    if (calls.callback() == null) {
      throw new IllegalStateException("javacpp has no native callback left for the deadline");
    }
  }

  /** The calls that follow may take this long together. */
  synchronized void allow(Duration time) {
    if (!cancelled) {
      set(System.nanoTime() + time.toNanos());
    }
  }

  /** Whether the time is over. */
  synchronized boolean expired() {
    return System.nanoTime() - until > 0;
  }

  /** Aborts the present call, and the later ones until they are allowed more time. */
  synchronized void end() {
    if (!cancelled) {
      set(System.nanoTime() - 1);
    }
  }

  /** Aborts the present call and every later one; from any thread. */
  synchronized void cancel() {
    cancelled = true;
    set(System.nanoTime() - 1);
  }

  private void set(long moment) {
    until = moment;
    LongPointer pointer = watched;
    if (pointer != null) {
      pointer.put(moment);
    }
  }

  /** Frees the pointer; nothing that it guards may run any more. */
  @Override
  public synchronized void close() {
    LongPointer pointer = watched;
    if (pointer != null) {
      watched = null;
      pointer.close();
    }
  }
}
