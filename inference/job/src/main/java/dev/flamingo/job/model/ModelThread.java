package dev.flamingo.job.model;

/**
 * A thread that uses the model. Its end is awaited whatever happens to the thread that waits: Flink
 * interrupts tasks that it cancels, and the model must not be closed beneath a call.
 */
final class ModelThread implements AutoCloseable {

  private final Thread thread;

  /** Makes a thread, which {@link #start} starts. */
  ModelThread(String name, Runnable work) {
    thread = new Thread(work, name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Returns its name. */
  String name() {
    return thread.getName();
  }

  /**
   * Waits for the end of the work, which the caller has asked for; keeps an interrupt for later.
   */
  @Override
  public void close() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
