package dev.flamingo.ingest.video;

import dev.flamingo.ingest.video.VideoAddress.Kind;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Reads one address from start to end into a {@link Mailbox}. Runs on a thread of its own, which
 * owns every native handle and frees it: a thread that hangs keeps its handles, and nobody else
 * touches them.
 */
final class VideoPump implements Runnable {

  private final VideoAddress address;
  private final FrameSourceOptions options;
  private final Clock clock;
  private final Mailbox mailbox;
  private final Deadline deadline;
  private final SourceHistory history;
  private volatile long corruptPackets;
  private volatile boolean live;
  private volatile boolean closedPlaylist;
  private boolean recording;
  private long opened;
  private long index;

  /** How an opening ended. */
  private enum Outcome {
    /** At its end. */
    ENDED,
    /** It was read as a camera and turned out to be a recording. */
    RECORDING
  }

  VideoPump(
      VideoAddress address,
      FrameSourceOptions options,
      Clock clock,
      Mailbox mailbox,
      Deadline deadline,
      SourceHistory history) {
    this.address = address;
    this.options = options;
    this.clock = clock;
    this.mailbox = mailbox;
    this.deadline = deadline;
    this.history = history;
    this.live = address.kind() != Kind.RECORDED;
  }

  /** Whether the source cannot wait; known for sure once the first picture has come. */
  boolean live() {
    return live;
  }

  /** Whether there may be more later, once it has ended. */
  boolean comesBack() {
    return live || closedPlaylist;
  }

  long corruptPackets() {
    return corruptPackets;
  }

  @Override
  public void run() {
    Mailbox.Mail last;
    try (deadline) {
      if (read() == Outcome.RECORDING) {
        recording = true;
        read();
      }
      last = new Mailbox.Ended();
    } catch (InterruptedException e) {
      return;
    } catch (VideoException e) {
      last = new Mailbox.Failed(e);
    } catch (LinkageError e) {
      last =
          new Mailbox.Failed(
              new VideoException("ffmpeg's native library does not load here: " + e.getMessage()));
    } catch (RuntimeException | Error e) {
      last =
          new Mailbox.Failed(
              new VideoException("cannot read " + address.name() + ": " + e.getClass().getName()));
    }
    try {
      mailbox.put(last);
    } catch (InterruptedException e) {
      // Nobody waits for it: the source is being closed.
      Thread.currentThread().interrupt();
    }
  }

  /** Opens the address and reads it to its end. */
  private Outcome read() throws InterruptedException {
    opened = System.nanoTime();
    try (VideoInput input = VideoInput.connect(address, deadline, history)) {
      closedPlaylist = address.kind() == Kind.EITHER && input.closedPlaylist();
      if (closedPlaylist && history.hasShown()) {
        live = history.wasLive();
        return Outcome.ENDED;
      }
      input.probe();
      try (PictureDecoder decoder = PictureDecoder.open(input);
          PictureFitter fitter = new PictureFitter(options.size(), options.padding());
          JpegEncoder encoder =
              new JpegEncoder(options.size(), options.size(), options.quality())) {
        Outcome outcome = pump(input, decoder, fitter, encoder);
        if (index == 0 && outcome == Outcome.ENDED) {
          throw nothing(input);
        }
        return outcome;
      }
    }
  }

  /** Why there was no picture. */
  private VideoException nothing(VideoInput input) {
    if (input.corruptPackets() > 0) {
      return new VideoException(
          "there is no picture in %s, but %d corrupt packets"
              .formatted(address.name(), input.corruptPackets()));
    }
    if (history.hasShown() && input.segmented()) {
      return new VideoStalledException(
          "%s offers nothing but what it has shown already".formatted(address.name()));
    }
    return new VideoException("there is no picture in " + address.name());
  }

  private Outcome pump(
      VideoInput input, PictureDecoder decoder, PictureFitter fitter, JpegEncoder encoder)
      throws InterruptedException {
    live =
        !recording
            && (address.kind() == Kind.LIVE
                || (address.kind() == Kind.EITHER
                    && (history.wasLive() || !input.promisesAnEnd())));
    boolean segmented = input.segmented();
    boolean onReceipt = live && !segmented;
    if (live && segmented) {
      history.live();
    }
    ReplayFilter replays = new ReplayFilter(history);
    if (segmented) {
      input.watchFor(replays);
    }
    Encoding encoding = picture -> encoder.encode(fitter.fit(picture));
    try (VideoPictures pictures = new VideoPictures(input, decoder, /* lazily= */ !onReceipt)) {
      if (onReceipt) {
        return pumpLive(input, pictures, encoding);
      }
      pumpRecorded(input, pictures, encoding, replays);
      return Outcome.ENDED;
    }
  }

  private interface Encoding {
    byte[] jpeg(AVFrame picture);
  }

  private Outcome pumpLive(VideoInput input, VideoPictures pictures, Encoding encoding)
      throws InterruptedException {
    boolean sure = address.kind() == Kind.LIVE || history.wasLive();
    ArrivalRate rate = new ArrivalRate(opened);
    LivePacer pacer = new LivePacer();
    Instant first = clock.instant();
    for (Picture next = next(input, pictures); next != null; next = next(input, pictures)) {
      Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      if (index == 0) {
        first = now;
      }
      AVFrame picture = pictures.decode(next);
      if (picture != null && pacer.offer(ChronoUnit.MICROS.between(Instant.EPOCH, now))) {
        long elapsed = Math.max(0, ChronoUnit.MILLIS.between(first, now));
        mailbox.putNewest(new Mailbox.Picture(frame(now, elapsed, encoding.jpeg(picture))));
      }
      if (!sure) {
        rate.offer(next.micros(), System.nanoTime());
        if (rate.isRecording()) {
          return Outcome.RECORDING;
        }
        if (rate.isCamera()) {
          history.live();
          sure = true;
        }
      }
    }
    return !sure && rate.wasRecording() ? Outcome.RECORDING : Outcome.ENDED;
  }

  private void pumpRecorded(
      VideoInput input, VideoPictures pictures, Encoding encoding, ReplayFilter replays)
      throws InterruptedException {
    SecondSampler sampler = new SecondSampler();
    boolean realTime = !options.fast() || live;
    PresentationClock time =
        new PresentationClock(
            clock, Objects.requireNonNullElseGet(options.startAt(), clock::instant), realTime);
    Picture shown = null;
    byte[] newest = new byte[0];
    while (true) {
      Picture next = next(input, pictures);
      SecondSampler.Step step = next == null ? sampler.end() : sampler.look(next.micros());
      // Before the next one is decoded: then it is gone.
      byte[] still =
          step.held() > 0 && shown != null ? still(pictures, shown, newest, encoding) : newest;
      if (next == null) {
        repeat(step, time, still);
        if (!address.loop() || index == 0) {
          return;
        }
        sampler.restart();
        pictures.rewind();
        continue;
      }
      boolean repeated = replays.isRepeated(next.pts());
      if (step.taken() && !repeated) {
        AVFrame picture = pictures.decode(next);
        if (picture == null) {
          continue;
        }
        newest = encoding.jpeg(picture);
        repeat(step, time, still);
        deliver(step.micros(), time, newest);
      }
      sampler.offer(next.micros(), next.durationMicros());
      shown = repeated ? null : next;
    }
  }

  /** A picture that is still on the screen; what was taken last where it does not come. */
  private static byte[] still(
      VideoPictures pictures, Picture shown, byte[] newest, Encoding encoding) {
    AVFrame picture = pictures.decode(shown);
    return picture == null ? newest : encoding.jpeg(picture);
  }

  private void repeat(SecondSampler.Step step, PresentationClock time, byte[] jpeg)
      throws InterruptedException {
    for (int i = 0; i < step.held() && jpeg.length > 0; i++) {
      deliver((step.firstHeld() + i) * 1_000_000, time, jpeg);
    }
  }

  private void deliver(long micros, PresentationClock time, byte[] jpeg)
      throws InterruptedException {
    mailbox.put(new Mailbox.Picture(frame(time.await(micros), micros / 1000, jpeg)));
  }

  private SampledFrame frame(Instant captured, long ptsMs, byte[] jpeg) {
    history.shown();
    return new SampledFrame(index++, captured, ptsMs, options.size(), options.size(), jpeg);
  }

  private @Nullable Picture next(VideoInput input, VideoPictures pictures)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Picture next = pictures.next();
    corruptPackets = input.corruptPackets();
    return next;
  }
}
