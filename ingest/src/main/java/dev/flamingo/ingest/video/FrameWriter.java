package dev.flamingo.ingest.video;

import java.time.Instant;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Turns chosen pictures into frames and puts them into a {@link Mailbox}. */
final class FrameWriter implements AutoCloseable {

  private final Mailbox mailbox;
  private final SourceHistory history;
  private final PictureTaker taker;
  private final Snapshots snapshots;
  private long index;
  private boolean kept;

  FrameWriter(FrameSourceOptions options, Mailbox mailbox, SourceHistory history) {
    this.mailbox = mailbox;
    this.history = history;
    this.taker = new PictureTaker(options.formats(), options.quality());
    this.snapshots = new Snapshots(options.snapshotEvery());
  }

  /**
   * Makes of a decoded picture what the model and people get.
   *
   * @param micros its time in the source
   */
  TakenPicture take(AVFrame picture, long micros) {
    return taker.take(picture, snapshots.isDue(micros));
  }

  /** The same for a picture that will be delivered for several seconds. */
  TakenPicture takeStill(AVFrame picture) {
    return taker.take(picture, snapshots.wanted());
  }

  /** Delivers a frame of a recording, waiting for room. */
  void recorded(Instant captured, long micros, TakenPicture taken) throws InterruptedException {
    mailbox.put(new Mailbox.Picture(frame(captured, micros / 1000, due(taken, micros))));
    index++;
  }

  /** Delivers a frame that cannot wait. */
  void live(Instant captured, long micros, long ptsMs, TakenPicture taken) {
    mailbox.putNewest(new Mailbox.Picture(frame(captured, ptsMs, due(taken, micros))));
    index++;
  }

  /**
   * Delivers a frame that cannot wait unless a fresher one comes at once.
   *
   * @return false if an older one has been delivered so, and this one is not
   */
  boolean unlessFresher(Instant captured, TakenPicture taken) {
    if (mailbox.keep(new Mailbox.Picture(frame(captured, /* ptsMs= */ 0, taken)), kept)) {
      kept = true;
      return true;
    }
    kept = false;
    index++;
    return false;
  }

  /**
   * The next frame is fresh: withdraws an older one that has not been delivered yet.
   *
   * @return whether there was one and it has been delivered
   */
  boolean settle() {
    boolean delivered = kept && !mailbox.discardKept();
    kept = false;
    if (delivered) {
      index++;
    }
    return delivered;
  }

  /** Whether no frame has been delivered. */
  boolean isEmpty() {
    return index == 0 && !kept;
  }

  private TakenPicture due(TakenPicture taken, long micros) {
    if (!snapshots.isDue(micros)) {
      return taken.withoutSnapshot();
    }
    if (taken.snapshot().isPresent()) {
      snapshots.delivered(micros);
    }
    return taken;
  }

  private SampledFrame frame(Instant captured, long ptsMs, TakenPicture taken) {
    history.shown();
    return new SampledFrame(index, captured, ptsMs, taken);
  }

  @Override
  public void close() {
    taker.close();
  }
}
