package dev.flamingo.ingest.video;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A sender that starts again whenever it ends, as cameras do. */
final class PersistentSender implements AutoCloseable {

  private final List<String> output;
  private final Thread keeper;
  private FfmpegSender current;
  private boolean closed;

  PersistentSender(List<String> output) {
    this.output = output;
    this.current = FfmpegSender.to(output);
    this.keeper = new Thread(this::keep, "sender");
    keeper.setDaemon(true);
    keeper.start();
  }

  private void keep() {
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(200_000_000);
      synchronized (this) {
        if (!closed && !current.isRunning()) {
          current = FfmpegSender.to(output);
        }
      }
    }
  }

  synchronized void pause() throws Exception {
    current.pause();
  }

  synchronized void resume() throws Exception {
    current.resume();
  }

  /** Kills it; another one takes over soon. */
  synchronized void restart() {
    current.close();
  }

  @Override
  public synchronized void close() {
    closed = true;
    keeper.interrupt();
    current.close();
  }
}
