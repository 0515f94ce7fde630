package dev.flamingo.job.video;

import java.time.Duration;
import org.apache.flink.api.common.state.StateTtlConfig;

/**
 * How the state of streams that have ended is forgotten. Anybody who writes frames makes up names
 * of streams, and none of them is ever taken back.
 */
public final class EndedStreams {

  private EndedStreams() {}

  /** Returns that a state is forgotten so long after it was last written. */
  public static StateTtlConfig forgottenAfter(Duration time) {
    return StateTtlConfig.newBuilder(time)
        .cleanupIncrementally(16, /* runCleanupForEveryRecord= */ false)
        .build();
  }
}
