package dev.flamingo.ingest.video;

import dev.flamingo.ingest.video.VideoAddress.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
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
  private volatile @Nullable VideoInput reading;
  private volatile boolean live;
  private volatile boolean closedPlaylist;

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
    VideoInput input = reading;
    return input == null ? 0 : input.corrupt().count();
  }

  @Override
  public void run() {
    Mailbox.Mail last;
    try (deadline;
        FrameWriter writer = new FrameWriter(options, mailbox, history)) {
      readAll(writer);
      last = new Mailbox.Ended();
    } catch (InterruptedException e) {
      return;
    } catch (VideoException e) {
      last = new Mailbox.Failed(e);
    } catch (LinkageError e) {
      last =
          new Mailbox.Failed(
              new VideoException("ffmpeg's native library does not load here: " + e.getMessage()));
    } catch (OutOfMemoryError e) {
      last =
          new Mailbox.Failed(
              new VideoException(
                  "cannot read %s: out of memory; give the process more heap or fewer cameras"
                      .formatted(address.name())));
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

  private void readAll(FrameWriter writer) throws InterruptedException {
    boolean recording = address.kind() == Kind.RECORDED;
    while (true) {
      try {
        if (read(writer, recording)) {
          return;
        }
        recording = true;
      } catch (SenderRestartedException e) {
        // Its pictures come at once where the address is opened again.
      }
    }
  }

  /**
   * Opens the address and reads it to its end.
   *
   * @return false if it was read as a camera, and turned out to be a recording
   */
  private boolean read(FrameWriter writer, boolean recording) throws InterruptedException {
    long opened = System.nanoTime();
    try (VideoInput input = VideoInput.connect(address, deadline, history)) {
      reading = input;
      closedPlaylist = address.kind() == Kind.EITHER && input.form().closedPlaylist();
      if (closedPlaylist && history.hasShown()) {
        live = history.wasLive();
        return true;
      }
      boolean replay = input.form().isReplay() || address.namesAnEnd();
      input.probe();
      try (PictureDecoder decoder = PictureDecoder.open(input)) {
        live =
            !recording
                && !replay
                && (address.kind() == Kind.LIVE
                    || history.wasLive()
                    || !input.form().promisesAnEnd(input.video()));
        if (live) {
          input.corrupt().ofLiveSource();
        }
        boolean camera = true;
        if (live && !input.form().segmented()) {
          camera = sampleLive(input, decoder, writer, opened);
        } else {
          sampleRecorded(input, decoder, writer, replay);
        }
        if (replay && !writer.isEmpty() && input.form().goesOnAfter(history.newest())) {
          throw new VideoException(
              "lost %s: it ended before the end of its range".formatted(address.name()));
        }
        if (camera && writer.isEmpty() && !(replay && history.hasShown())) {
          throw nothing(input);
        }
        return camera;
      } catch (VideoStalledException e) {
        history.stalled(input.url());
        throw e;
      }
    }
  }

  /** Why there was no picture. */
  private VideoException nothing(VideoInput input) {
    if (input.corrupt().count() > 0) {
      return new VideoException(
          "there is no picture in %s, but %d corrupt packets"
              .formatted(address.name(), input.corrupt().count()));
    }
    if (history.hasShown() && input.form().segmented()) {
      return new VideoStalledException(
          "%s offers nothing but what it has shown already".formatted(address.name()));
    }
    return new VideoException("there is no picture in " + address.name());
  }

  private boolean sampleLive(
      VideoInput input, PictureDecoder decoder, FrameWriter writer, long opened)
      throws InterruptedException {
    boolean sure = address.kind() == Kind.LIVE || history.wasLive();
    LivenessCheck check = new LivenessCheck(history, new ArrivalRate(opened), sure);
    try (LiveSampling sampling = new LiveSampling(input, decoder, writer, check, clock)) {
      return sampling.run();
    }
  }

  private void sampleRecorded(
      VideoInput input, PictureDecoder decoder, FrameWriter writer, boolean replay)
      throws InterruptedException {
    ReplayFilter replays =
        replay
            ? ReplayFilter.byTime(history, input.url())
            : ReplayFilter.byContent(history, input.url());
    if (input.form().segmented() || replay) {
      input.packets().watchFor(replays);
    }
    if (live && input.form().segmented()) {
      history.live();
    }
    Instant start = Objects.requireNonNullElseGet(options.startAt(), clock::instant);
    PresentationClock time = new PresentationClock(clock, start, live || !options.fast());
    SecondSampler sampler = new SecondSampler(input.form().longestStill(live));
    try (VideoPictures pictures = new VideoPictures(input, decoder)) {
      new RecordedSampling(pictures, replays, sampler, time, writer, address.loop()).run();
    }
  }
}
