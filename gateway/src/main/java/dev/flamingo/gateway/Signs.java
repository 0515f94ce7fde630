package dev.flamingo.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** When the parts around the gateway last showed that they work. */
final class Signs {

  private final InstantSource clock;
  private volatile Instant job;
  private volatile Instant frames;
  private volatile Instant kafka;
  private volatile boolean tail;

  /** Begins to watch; nothing is missing yet. */
  Signs(InstantSource clock) {
    this.clock = clock;
    Instant now = clock.instant();
    job = now;
    frames = now;
    kafka = now;
  }

  void ofJob() {
    job = clock.instant();
  }

  /** Notes a sign of some time ago; the job's clock may be ahead. */
  void ofJob(Instant at) {
    Instant now = clock.instant();
    Instant sign = at.isAfter(now) ? now : at;
    if (sign.isAfter(job)) {
      job = sign;
    }
  }

  void ofFrames() {
    frames = clock.instant();
  }

  void ofKafka() {
    kafka = clock.instant();
  }

  void ofTail(boolean current) {
    tail = current;
  }

  Duration sinceJob() {
    return Duration.between(job, clock.instant());
  }

  Duration sinceFrames() {
    return Duration.between(frames, clock.instant());
  }

  Duration sinceKafka() {
    return Duration.between(kafka, clock.instant());
  }

  /** Returns whether the topics are read as they grow. */
  boolean tailIsCurrent() {
    return tail;
  }
}
