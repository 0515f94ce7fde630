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
  private long index;

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
    return live || history.wasLive();
  }

  long corruptPackets() {
    return corruptPackets;
  }

  @Override
  public void run() {
    Mailbox.Mail last;
    try (deadline;
        VideoInput input = VideoInput.open(address, deadline);
        PictureDecoder decoder = PictureDecoder.open(input);
        PictureFitter fitter = new PictureFitter(options.size(), options.padding());
        JpegEncoder encoder = new JpegEncoder(options.size(), options.size(), options.quality())) {
      pump(input, decoder, fitter, encoder);
      if (index == 0) {
        throw new VideoException(
            "there is no picture in %s, but %d corrupt packets"
                .formatted(address.name(), input.corruptPackets()));
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

  private void pump(
      VideoInput input, PictureDecoder decoder, PictureFitter fitter, JpegEncoder encoder)
      throws InterruptedException {
    live =
        address.kind() == Kind.LIVE
            || (address.kind() == Kind.EITHER && (input.endless() || history.wasLive()));
    if (live) {
      history.live();
    }
    boolean onReceipt = live && !input.segmented();
    Encoding encoding = picture -> encoder.encode(fitter.fit(picture));
    try (VideoPictures pictures = new VideoPictures(input, decoder, /* lazily= */ !onReceipt)) {
      if (onReceipt) {
        pumpLive(input, pictures, encoding);
      } else {
        pumpRecorded(input, pictures, encoding);
      }
    }
  }

  private interface Encoding {
    byte[] jpeg(AVFrame picture);
  }

  private void pumpLive(VideoInput input, VideoPictures pictures, Encoding encoding)
      throws InterruptedException {
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
    }
  }

  private void pumpRecorded(VideoInput input, VideoPictures pictures, Encoding encoding)
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
      if (step.taken()) {
        AVFrame picture = pictures.decode(next);
        if (picture == null) {
          continue;
        }
        newest = encoding.jpeg(picture);
        repeat(step, time, still);
        deliver(step.micros(), time, newest);
      }
      sampler.offer(next.micros(), next.durationMicros());
      shown = next;
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
    for (int i = 0; i < step.held(); i++) {
      deliver((step.firstHeld() + i) * 1_000_000, time, jpeg);
    }
  }

  private void deliver(long micros, PresentationClock time, byte[] jpeg)
      throws InterruptedException {
    mailbox.put(new Mailbox.Picture(frame(time.await(micros), micros / 1000, jpeg)));
  }

  private SampledFrame frame(Instant captured, long ptsMs, byte[] jpeg) {
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
