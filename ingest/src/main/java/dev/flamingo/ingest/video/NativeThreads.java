package dev.flamingo.ingest.video;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Starts the threads that may hang in native code for ever, and abandons those that do. An
 * abandoned thread costs its memory and its socket, so their number is bounded, at the expense of
 * those that hang: an address has one at most. Past a number for the process, a host that has one
 * gets no other; hosts without any are refused only at the last bound.
 */
final class NativeThreads {

  // FFmpeg counts on the stack of a native thread; Java's megabyte is too little for some decoders.
  private static final long STACK_BYTES = 8L << 20;

  private final int many;
  private final int most;
  private final Duration patience;
  private final Map<Thread, Reader> abandoned = new ConcurrentHashMap<>();

  /**
   * Whom a thread works for.
   *
   * @param address the address with its secrets, never shown
   * @param host where it is, to share the blame; the address itself for a file
   * @param name how messages call the address
   */
  record Reader(String address, String host, String name) {}

  /**
   * Sets the bounds.
   *
   * @param many abandoned threads from which on a host may have one only
   * @param most abandoned threads of the process
   * @param patience how long a thread may take to stop
   */
  NativeThreads(int many, int most, Duration patience) {
    this.many = many;
    this.most = most;
    this.patience = patience;
  }

  /**
   * Starts work on a thread of its own.
   *
   * @throws VideoException if an earlier thread of this reader still hangs, or too many do
   */
  Thread start(Reader reader, Runnable work) {
    admit(reader);
    Thread thread = new Thread(/* group= */ null, work, "video-" + reader.name(), STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void admit(Reader reader) {
    int hanging = hanging();
    if (abandoned.values().stream().anyMatch(other -> other.address().equals(reader.address()))) {
      throw new VideoException(
          "an earlier reader of %s still hangs in native code; it is opened again when that ends"
              .formatted(reader.name()));
    }
    boolean blamed =
        abandoned.values().stream().anyMatch(other -> other.host().equals(reader.host()));
    if (hanging >= most || (hanging >= many && blamed)) {
      throw new VideoException(
          "%d video readers hang in native code, %s; restart this process"
              .formatted(hanging, blamed ? "one of this host among them" : "too many for another"));
    }
  }

  /** Waits for a thread that was asked to stop, within bounds. Keeps the caller's interrupt. */
  void awaitEnd(Reader reader, Thread thread) {
    boolean interrupted = false;
    long until = System.nanoTime() + patience.toNanos();
    while (thread.isAlive() && until - System.nanoTime() > 0) {
      try {
        thread.join(Math.max(1, (until - System.nanoTime()) / 1_000_000));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (thread.isAlive()) {
      abandoned.put(thread, reader);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many abandoned threads still hang. */
  int hanging() {
    abandoned.keySet().removeIf(thread -> !thread.isAlive());
    return abandoned.size();
  }
}
