package dev.flamingo.ingest;

import dev.flamingo.events.StreamState;
import dev.flamingo.ingest.video.FrameSource;
import dev.flamingo.ingest.video.FrameSource.Losses;
import dev.flamingo.ingest.video.SampledFrame;
import dev.flamingo.ingest.video.SourceHistory;
import dev.flamingo.ingest.video.VideoException;
import dev.flamingo.ingest.video.VideoLoginException;
import dev.flamingo.ingest.video.VideoStalledException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one stream going on a thread of its own: opens its source, delivers its pictures, and when
 * the source fails, stalls or hangs up, reports that and tries again later with a fresh one. A
 * recording that has ended stays ended; an address that can never work stays failed. Nothing else
 * ends the thread, an Error neither.
 */
final class StreamRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StreamRunner.class);

  /** Closing a source is bounded by itself; this is for a runner that is slow to notice. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** After a wrong password: with waits of 1 to 30 s otherwise, 5 to 15 minutes. */
  private static final int RARELY = 300;

  private static final int RARELY_AT_MOST = 30;

  private static final String NO_MODEL =
      "no model is served: start the job; until then there are pictures alone";

  /** What follows an opening of the source. */
  private enum Next {
    /** Nothing: it is over. */
    NOTHING,
    /** Another opening. */
    SOON,
    /** Another opening much later. */
    RARELY
  }

  private final String stream;
  private final RegistryEntry entry;
  private final SourceOpener sources;
  private final StreamOutlet outlet;
  private final Backoff backoff;
  private final Backoff rarely;
  private final SourceHistory history = new SourceHistory();
  private final Thread thread;
  private final AtomicLong delivered = new AtomicLong();
  private volatile Losses losses = Losses.NONE;
  private @Nullable StreamState state;
  private String reason = "";

  StreamRunner(
      String stream,
      RegistryEntry entry,
      SourceOpener sources,
      StreamOutlet outlet,
      Backoff backoff) {
    this.stream = stream;
    this.entry = entry;
    this.sources = sources;
    this.outlet = outlet;
    this.backoff = backoff;
    this.rarely = backoff.slower(RARELY, RARELY_AT_MOST);
    this.thread = new Thread(this::run, "stream-" + stream);
    thread.setDaemon(true);
  }

  /** Begins; call once. */
  void start() {
    thread.start();
  }

  /** The stream's id. */
  String stream() {
    return stream;
  }

  /** The registered stream that it reads. */
  RegistryEntry entry() {
    return entry;
  }

  /** Whether there is anything left to do. */
  boolean running() {
    return thread.isAlive();
  }

  /** What it has done so far. */
  StreamCounters counters() {
    return new StreamCounters(
        delivered.get(), outlet.dropped() + losses.lateFrames(), losses.corruptPackets());
  }

  private void run() {
    try {
      become(StreamState.CONNECTING, "");
      Next next = attempt();
      while (next != Next.NOTHING) {
        Thread.sleep((next == Next.RARELY ? rarely : backoff).next().toMillis());
        next = attempt();
      }
    } catch (InterruptedException e) {
      LOG.debug("stream {} was asked to stop", stream);
    }
  }

  private Next attempt() throws InterruptedException {
    try {
      return watch();
    } catch (RuntimeException | Error e) {
      try {
        return broke(e);
      } catch (RuntimeException | Error again) {
        // Too little memory even to report it: what matters is that the thread goes on.
        state = null;
        return Next.SOON;
      }
    }
  }

  private Next watch() throws InterruptedException {
    FrameSource opened;
    try {
      opened = sources.open(entry, history);
    } catch (IllegalArgumentException e) {
      become(StreamState.FAILED, sentence(e));
      return Next.NOTHING;
    }
    try (opened) {
      deliver(opened);
      outlet.awaitDelivered();
      become(StreamState.ENDED, opened.live() ? "the camera closed the stream" : "end of the file");
      return opened.comesBack() ? Next.SOON : Next.NOTHING;
    }
  }

  /** Delivers the pictures of one opening of the source. */
  private void deliver(FrameSource source) throws InterruptedException {
    Losses before = losses;
    long pictures = 0;
    Optional<SampledFrame> frame = source.next();
    while (frame.isPresent()) {
      outlet.frame(frame.get(), source.live());
      delivered.incrementAndGet();
      // One picture a second.
      backoff.worked(Duration.ofSeconds(++pictures));
      rarely.reset();
      String refusal = outlet.refusal();
      if (refusal.isEmpty()) {
        become(StreamState.LIVE, frame.get().taken().frame().isPresent() ? "" : NO_MODEL);
      } else {
        become(StreamState.FAILED, refusal);
      }
      losses = plus(before, source.losses());
      frame = source.next();
    }
    losses = plus(before, source.losses());
  }

  private Next broke(Throwable e) {
    if (e instanceof VideoStalledException) {
      become(StreamState.STALLED, sentence(e));
    } else if (e instanceof VideoLoginException) {
      become(StreamState.FAILED, sentence(e));
      return Next.RARELY;
    } else if (e instanceof VideoException) {
      become(StreamState.FAILED, sentence(e));
    } else {
      // Without its message, which may quote the address with its password.
      LOG.error("stream {} broke: {} at {}", stream, e.getClass().getName(), place(e));
      become(
          StreamState.FAILED,
          e instanceof OutOfMemoryError
              ? "out of memory: give the process more heap or fewer cameras"
              : "internal error: " + e.getClass().getSimpleName());
    }
    return Next.SOON;
  }

  private static String place(Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    return trace.length == 0 ? "an unknown place" : trace[0].toString();
  }

  private static Losses plus(Losses a, Losses b) {
    return new Losses(a.corruptPackets() + b.corruptPackets(), a.lateFrames() + b.lateFrames());
  }

  private static String sentence(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private void become(StreamState next, String why) {
    if (next == state && why.equals(reason)) {
      return;
    }
    LOG.info("stream {} is {}{}", stream, next.wireName(), why.isEmpty() ? "" : ": " + why);
    outlet.status(next, why);
    state = next;
    reason = why;
  }

  /** Asks it to stop, without waiting. */
  void stop() {
    thread.interrupt();
  }

  /** Stops it and waits for its thread within bounds. */
  @Override
  public void close() {
    stop();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
