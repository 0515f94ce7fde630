package dev.flamingo.ingest.video;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/** An input's packets, with the moments at which they arrive. Confined to one thread. */
final class TimedPackets {

  private static final long LONGEST_WAIT = 500_000;

  private final VideoInput input;
  private final Clock clock;
  private final boolean heldBack;
  private long waited;
  private long arrived;
  private long read;

  /**
   * Prepares to read.
   *
   * @param heldBack whether a packet is complete only where the next begins, so that it arrived
   *     when the one before it was read
   */
  TimedPackets(VideoInput input, Clock clock, boolean heldBack) {
    this.input = input;
    this.clock = clock;
    this.heldBack = heldBack;
    this.read = now();
  }

  /**
   * Reads the next packet.
   *
   * @return the packet, the caller's to free; null at the end
   */
  @Nullable AVPacket packet() {
    long began = now();
    AVPacket packet = input.packets().next();
    long ended = now();
    waited += Math.max(0, Math.min(LONGEST_WAIT, ended - began));
    arrived = heldBack ? read : ended;
    read = ended;
    return packet;
  }

  private long now() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
  }

  /** When the last packet arrived, in microseconds since 1970. */
  long arrived() {
    return arrived;
  }

  /** Time spent waiting for packets so far, in microseconds, each wait at most half a second. */
  long waited() {
    return waited;
  }
}
