package dev.flamingo.ingest.video;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Samples a source that cannot wait: everything is decoded at once, and one picture for every
 * second of the wall clock is delivered with the time at which it was seen. What had piled up while
 * the source was opened is passed over. Confined to one thread.
 */
final class LiveSampling implements AutoCloseable {

  private final VideoInput input;
  private final TimedPackets packets;
  private final LivePictures pictures;
  private final FrameWriter writer;
  private final LivenessCheck check;
  private final LiveClock time = new LiveClock();
  private final LivePacer pacer = new LivePacer();
  private final CatchUp catchUp = new CatchUp();
  private long presented;
  private boolean settled;
  private long first;

  LiveSampling(
      VideoInput input,
      PictureDecoder decoder,
      FrameWriter writer,
      LivenessCheck check,
      Clock clock) {
    this.input = input;
    this.packets = new TimedPackets(input, clock, input.form().holdsBack());
    this.pictures = new LivePictures(input, packets, decoder);
    this.writer = writer;
    this.check = check;
  }

  /**
   * Delivers pictures until the source ends.
   *
   * @return false if it turned out to be a recording, which is to be sampled as one
   * @throws VideoException if reading failed
   * @throws InterruptedException if the thread is interrupted between two pictures
   */
  boolean run() throws InterruptedException {
    for (AVFrame next = pictures.next(); next != null; next = pictures.next()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      presented = input.micros(next, presented);
      if (check.isRecording(presented)) {
        writer.settle();
        return false;
      }
      deliver(next);
    }
    if (check.wasRecording()) {
      writer.settle();
      return false;
    }
    return true;
  }

  private void deliver(AVFrame picture) {
    long arrived = packets.arrived();
    long waited = packets.waited();
    long seen = input.form().timed() ? time.seen(presented, arrived, waited) : arrived;
    boolean fresh =
        input.form().timed() ? catchUp.isOver(presented, waited) : catchUp.isOver(waited);
    if (!settled && !settle(picture, seen, fresh)) {
      return;
    }
    if (pacer.offer(seen)) {
      long ptsMs = Math.max(0, seen - first) / 1000;
      writer.live(instant(seen), seen, ptsMs, writer.take(picture, seen));
    }
  }

  /** Whether pictures are delivered as they come from this one on, and not the freshest alone. */
  private boolean settle(AVFrame picture, long seen, boolean fresh) {
    if (!fresh && writer.unlessFresher(instant(seen), writer.take(picture, seen))) {
      first = seen;
      return false;
    }
    settled = true;
    if (!fresh || writer.settle()) {
      pacer.offer(first);
    } else {
      first = seen;
    }
    return true;
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros / 1000, ChronoUnit.MILLIS);
  }

  @Override
  public void close() {
    pictures.close();
  }
}
