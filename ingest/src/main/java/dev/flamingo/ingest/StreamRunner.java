package dev.flamingo.ingest;

import dev.flamingo.events.StreamState;
import dev.flamingo.ingest.video.FrameSource;
import dev.flamingo.ingest.video.FrameSource.Losses;
import dev.flamingo.ingest.video.SampledFrame;
import dev.flamingo.ingest.video.VideoException;
import dev.flamingo.ingest.video.VideoStalledException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one stream going on a thread of its own: opens its source, delivers its pictures, and when
 * the source fails, stalls or hangs up, says so and tries again later with a fresh one. A recording
 * that has ended stays ended; an address that can never work stays failed.
 */
final class StreamRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StreamRunner.class);

  /** Closing a source is bounded by itself; this is for a runner that is slow to notice. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String stream;
  private final String uri;
  private final SourceOpener sources;
  private final StreamOutlet outlet;
  private final Backoff backoff;
  private final Thread thread;
  private final AtomicLong delivered = new AtomicLong();
  private volatile Losses losses = Losses.NONE;
  private @Nullable StreamState state;
  private String reason = "";

  StreamRunner(
      String stream, String uri, SourceOpener sources, StreamOutlet outlet, Backoff backoff) {
    this.stream = stream;
    this.uri = uri;
    this.sources = sources;
    this.outlet = outlet;
    this.backoff = backoff;
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

  /** The address it reads. */
  String uri() {
    return uri;
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
      while (!watch()) {
        Thread.sleep(backoff.next().toMillis());
      }
    } catch (InterruptedException e) {
      LOG.debug("stream {} was told to stop", stream);
    }
  }

  /** Watches one opening of the source; true if there is nothing to try again. */
  private boolean watch() throws InterruptedException {
    try (FrameSource source = sources.open(uri)) {
      Losses before = losses;
      Optional<SampledFrame> frame = source.next();
      while (frame.isPresent()) {
        outlet.frame(frame.get(), source.live());
        delivered.incrementAndGet();
        backoff.reset();
        become(StreamState.LIVE, "");
        losses = plus(before, source.losses());
        frame = source.next();
      }
      outlet.awaitDelivered();
      become(StreamState.ENDED, source.live() ? "the camera closed the stream" : "end of the file");
      return !source.live();
    } catch (IllegalArgumentException e) {
      become(StreamState.FAILED, sentence(e));
      return true;
    } catch (VideoStalledException e) {
      become(StreamState.STALLED, sentence(e));
    } catch (VideoException e) {
      become(StreamState.FAILED, sentence(e));
    } catch (RuntimeException e) {
      // Without its message, which may quote the address with its password.
      LOG.error("stream {} broke: {} at {}", stream, e.getClass().getName(), e.getStackTrace()[0]);
      become(StreamState.FAILED, "internal error: " + e.getClass().getSimpleName());
    }
    return false;
  }

  private static Losses plus(Losses a, Losses b) {
    return new Losses(a.corruptPackets() + b.corruptPackets(), a.lateFrames() + b.lateFrames());
  }

  private static String sentence(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private void become(StreamState next, String why) {
    if (next == state && why.equals(reason)) {
      return;
    }
    state = next;
    reason = why;
    LOG.info("stream {} is {}{}", stream, next.wireName(), why.isEmpty() ? "" : ": " + why);
    outlet.status(next, why);
  }

  /** Tells it to stop, without waiting. */
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
