package dev.flamingo.ingest.video;

import java.time.Instant;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Turns chosen pictures into frames and puts them into a {@link Mailbox}. */
final class FrameWriter implements AutoCloseable {

  private final int size;
  private final Mailbox mailbox;
  private final SourceHistory history;
  private final PictureFitter fitter;
  private final JpegEncoder encoder;
  private long index;
  private boolean kept;

  FrameWriter(FrameSourceOptions options, Mailbox mailbox, SourceHistory history) {
    this.size = options.size();
    this.mailbox = mailbox;
    this.history = history;
    this.fitter = new PictureFitter(size, options.padding());
    this.encoder = new JpegEncoder(size, size, options.quality());
  }

  /** A decoded picture as the square JPEG that the model takes. */
  byte[] jpeg(AVFrame picture) {
    return encoder.encode(fitter.fit(picture));
  }

  /** Delivers a frame of a recording, waiting for room. */
  void recorded(Instant captured, long ptsMs, byte[] jpeg) throws InterruptedException {
    mailbox.put(new Mailbox.Picture(frame(captured, ptsMs, jpeg)));
    index++;
  }

  /** Delivers a frame that cannot wait. */
  void live(Instant captured, long ptsMs, byte[] jpeg) {
    mailbox.putNewest(new Mailbox.Picture(frame(captured, ptsMs, jpeg)));
    index++;
  }

  /**
   * Delivers a frame that cannot wait unless a fresher one comes at once.
   *
   * @return false if an older one has been delivered so, and this one is not
   */
  boolean unlessFresher(Instant captured, byte[] jpeg) {
    if (mailbox.keep(new Mailbox.Picture(frame(captured, /* ptsMs= */ 0, jpeg)), kept)) {
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

  private SampledFrame frame(Instant captured, long ptsMs, byte[] jpeg) {
    history.shown();
    return new SampledFrame(index, captured, ptsMs, size, size, jpeg);
  }

  @Override
  public void close() {
    encoder.close();
    fitter.close();
  }
}
