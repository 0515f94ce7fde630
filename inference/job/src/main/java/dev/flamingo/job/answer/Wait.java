package dev.flamingo.job.answer;

import dev.flamingo.job.state.StoredWaitV1;

/**
 * How long a question waits. It changes with every frame of its stream, and lies apart from the
 * question, which may hold images. Times are milliseconds since 1970.
 *
 * @param moment what the question means by now
 * @param until when it stops waiting if its stream stands still
 * @param deadline when it fails
 * @param bytes of the question's images
 */
record Wait(long moment, long until, long deadline, long bytes) {

  StoredWaitV1 stored() {
    return new StoredWaitV1(moment, until, deadline, bytes);
  }

  static Wait of(StoredWaitV1 stored) {
    return new Wait(stored.moment(), stored.until(), stored.deadline(), stored.bytes());
  }

  Wait until(long time) {
    return new Wait(moment, time, deadline, bytes);
  }
}
