package dev.flamingo.ingest.video;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A video read by FFmpeg on a sacrificial thread. Whatever native code does, {@link #next()} and
 * {@link #close()} return in bounded time: FFmpeg is asked to give up first, and abandoned if it
 * does not.
 */
final class VideoSource implements FrameSource {

  /** Decoding a second of a recording is work, not waiting, and may be slow on a busy machine. */
  private static final Duration RECORDED_PATIENCE = Duration.ofSeconds(90);

  /** FFmpeg's own bounds come first and explain more; this is for code that ignores them. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  private final VideoAddress address;
  private final NativeThreads threads;
  private final NativeThreads.Reader reader;
  private final Mailbox mailbox = new Mailbox();
  private final Deadline deadline = new Deadline();
  private final VideoPump pump;
  private final Thread thread;
  private final Duration patience;
  private boolean opened;
  private Mailbox.@Nullable Mail last;

  VideoSource(
      VideoAddress address,
      FrameSourceOptions options,
      Clock clock,
      NativeThreads threads,
      SourceHistory history) {
    this.address = address;
    this.threads = threads;
    this.pump = new VideoPump(address, options, clock, mailbox, deadline, history);
    this.patience = live() ? address.readWithin().plus(GRACE) : RECORDED_PATIENCE;
    this.reader = new NativeThreads.Reader(address.url(), host(address), address.name());
    this.thread = threads.start(reader, pump);
  }

  /** The host of a network address, in any notation; the address of anything else. */
  private static String host(VideoAddress address) {
    try {
      return Objects.requireNonNullElse(URI.create(address.name()).getHost(), address.url());
    } catch (IllegalArgumentException e) {
      return address.url();
    }
  }

  @Override
  public Optional<SampledFrame> next() throws InterruptedException {
    Mailbox.Mail mail = last;
    if (mail == null) {
      Duration bound = opened ? patience : patience.plus(address.openWithin());
      mail = mailbox.take(bound);
      opened = true;
      if (mail == null) {
        throw new VideoStalledException(
            "no picture from %s for %d s".formatted(address.name(), bound.toSeconds()));
      }
    }
    if (mail instanceof Mailbox.Picture picture) {
      return Optional.of(picture.frame());
    }
    last = mail;
    if (mail instanceof Mailbox.Failed failed) {
      throw failed.cause();
    }
    return Optional.empty();
  }

  @Override
  public boolean live() {
    return pump.live();
  }

  @Override
  public boolean comesBack() {
    return pump.comesBack();
  }

  @Override
  public Losses losses() {
    return new Losses(pump.corruptPackets(), mailbox.dropped());
  }

  @Override
  public void close() {
    deadline.cancel();
    thread.interrupt();
    mailbox.close();
    threads.awaitEnd(reader, thread);
  }
}
