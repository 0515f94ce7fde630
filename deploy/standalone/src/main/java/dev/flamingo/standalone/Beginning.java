package dev.flamingo.standalone;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A part that starts on a thread of its own, beside others. It is closed like the part itself: that
 * waits for the end of the start.
 */
public final class Beginning<T extends AutoCloseable> implements AutoCloseable {

  private final FutureTask<T> part;

  private Beginning(FutureTask<T> part) {
    this.part = part;
  }

  /**
   * Begins to start a part.
   *
   * @param name of the thread
   * @param start closes what it opened where it fails
   */
  public static <T extends AutoCloseable> Beginning<T> of(String name, Callable<T> start) {
    FutureTask<T> part = new FutureTask<>(start);
    Thread thread = new Thread(part, "start-" + name);
    thread.setDaemon(true);
    thread.start();
    return new Beginning<>(part);
  }

  /**
   * Waits for the start and returns the part.
   *
   * @throws Exception why it did not start
   */
  public T await() throws Exception {
    try {
      return part.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** Closes the part, if it started; why it did not, {@link #await} reports. */
  @Override
  public void close() throws Exception {
    T started = started();
    if (started != null) {
      started.close();
    }
  }

  /** Waits whatever happens to this thread: what is half started cannot be closed. */
  private @Nullable T started() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return part.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          return null;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
