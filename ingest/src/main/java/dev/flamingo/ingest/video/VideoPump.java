package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_move_ref;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import dev.flamingo.ingest.video.VideoAddress.Kind;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.bytedeco.ffmpeg.avutil.AVFrame;

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
  private volatile long corruptPackets;
  private volatile boolean live;
  private long index;

  VideoPump(
      VideoAddress address,
      FrameSourceOptions options,
      Clock clock,
      Mailbox mailbox,
      Deadline deadline) {
    this.address = address;
    this.options = options;
    this.clock = clock;
    this.mailbox = mailbox;
    this.deadline = deadline;
    this.live = address.kind() != Kind.RECORDED;
  }

  /** Whether the source cannot wait; known for sure once the first picture has come. */
  boolean live() {
    return live;
  }

  long corruptPackets() {
    return corruptPackets;
  }

  @Override
  public void run() {
    Mailbox.Mail last;
    try (deadline;
        VideoInput input = VideoInput.open(address, deadline);
        PictureFitter fitter = new PictureFitter(options.size(), options.padding());
        JpegEncoder encoder = new JpegEncoder(options.size(), options.size(), options.quality())) {
      pump(input, fitter, encoder);
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
    } catch (RuntimeException | OutOfMemoryError e) {
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

  private void pump(VideoInput input, PictureFitter fitter, JpegEncoder encoder)
      throws InterruptedException {
    AVFrame current = av_frame_alloc();
    AVFrame previous = av_frame_alloc();
    int turns = input.quarterTurns();
    live = address.kind() == Kind.LIVE || (address.kind() == Kind.EITHER && input.endless());
    try {
      if (live && !input.segmented()) {
        pumpLive(input, current, picture -> encoder.encode(fitter.fit(picture, turns)));
      } else {
        pumpRecorded(
            input, current, previous, picture -> encoder.encode(fitter.fit(picture, turns)));
      }
    } finally {
      av_frame_free(current);
      av_frame_free(previous);
    }
  }

  private interface Encoding {
    byte[] jpeg(AVFrame picture);
  }

  private void pumpLive(VideoInput input, AVFrame picture, Encoding encoding)
      throws InterruptedException {
    LivePacer pacer = new LivePacer();
    Instant first = clock.instant();
    while (read(input, picture)) {
      Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      if (index == 0) {
        first = now;
      }
      if (pacer.offer(ChronoUnit.MICROS.between(Instant.EPOCH, now))) {
        long elapsed = Math.max(0, ChronoUnit.MILLIS.between(first, now));
        mailbox.putNewest(new Mailbox.Picture(frame(now, elapsed, encoding.jpeg(picture))));
      }
      av_frame_unref(picture);
    }
  }

  private void pumpRecorded(VideoInput input, AVFrame current, AVFrame previous, Encoding encoding)
      throws InterruptedException {
    SecondSampler sampler = new SecondSampler();
    boolean realTime = !options.fast() || live;
    PresentationClock time =
        new PresentationClock(
            clock, Objects.requireNonNullElseGet(options.startAt(), clock::instant), realTime);
    while (true) {
      if (!read(input, current)) {
        repeat(sampler.end(), previous, time, encoding);
        if (!address.loop() || index == 0) {
          return;
        }
        sampler.restart();
        input.rewind();
        continue;
      }
      SecondSampler.Step step = sampler.offer(input.micros(current), input.durationMicros(current));
      repeat(step, previous, time, encoding);
      if (step.taken()) {
        deliver(step.micros(), time, encoding.jpeg(current));
      }
      av_frame_unref(previous);
      av_frame_move_ref(previous, current);
    }
  }

  private void repeat(
      SecondSampler.Step step, AVFrame previous, PresentationClock time, Encoding encoding)
      throws InterruptedException {
    if (step.held() == 0) {
      return;
    }
    byte[] jpeg = encoding.jpeg(previous);
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

  private boolean read(VideoInput input, AVFrame picture) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    boolean more = input.read(picture);
    corruptPackets = input.corruptPackets();
    return more;
  }
}
