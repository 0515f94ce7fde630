package dev.flamingo.standalone;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What is opened together and closed together, in the opposite order: who reads goes before who is
 * read from.
 */
public final class Parts implements AutoCloseable {

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  /** Adds a part that was just opened, and returns it. */
  public <T extends AutoCloseable> T add(T part) {
    opened.push(part);
    return part;
  }

  /**
   * Closes all parts, also where some of them fail.
   *
   * @throws Exception the first failure, the others suppressed in it
   */
  @Override
  public void close() throws Exception {
    Exception failure = null;
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
