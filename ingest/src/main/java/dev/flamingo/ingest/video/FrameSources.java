package dev.flamingo.ingest.video;

import dev.flamingo.events.SourceScheme;
import dev.flamingo.ingest.street.LiveStreet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * Opens cameras, files and the synthetic street by their addresses: those of {@link SourceScheme},
 * a file's path, or a capture device such as {@code /dev/video0}.
 *
 * <p>Safe for use by many threads. One per process is right: it bounds how many readers may hang in
 * native code.
 */
public final class FrameSources {

  static {
    NativeMemory.lift();
  }

  private static final Duration OPEN_WITHIN = Duration.ofSeconds(15);

  private final Clock clock;
  private final NativeThreads threads;

  /** Sources on the system's clock. */
  public FrameSources() {
    this(Clock.systemUTC());
  }

  /**
   * Sources on a given clock.
   *
   * @param clock stamps the pictures and paces what is replayed in real time
   */
  public FrameSources(Clock clock) {
    this.clock = clock;
    this.threads = new NativeThreads(/* many= */ 64, /* most= */ 512, Duration.ofSeconds(3));
  }

  /**
   * Checks an address without opening it.
   *
   * @throws IllegalArgumentException if its scheme is unknown or it is malformed; one sentence that
   *     says what to use
   */
  public static void check(String uri) {
    SourceUri.parse(uri);
  }

  /**
   * Checks an address and, where it names something of this machine, that this is there.
   *
   * @throws IllegalArgumentException if its scheme is unknown or it is malformed
   * @throws VideoException if the file or the camera is missing
   */
  public static void require(String uri) {
    SourceUri source = SourceUri.parse(uri);
    if (!(source instanceof SourceUri.Street)) {
      address(source, FrameSourceOptions.defaults());
    }
  }

  /**
   * Opens a source. Connecting goes on in the background: what fails then fails in {@link
   * FrameSource#next()}.
   *
   * @param uri the address
   * @param options size, pace and bounds
   * @return the source; the caller closes it
   * @throws IllegalArgumentException if the scheme is unknown or the address malformed
   * @throws VideoException if a file is missing, or too many readers hang in native code
   */
  public FrameSource open(String uri, FrameSourceOptions options) {
    return open(uri, options, new SourceHistory());
  }

  /**
   * Opens a source once more, or for the first time with a history that later openings will need.
   *
   * @param uri the address
   * @param options size, pace and bounds
   * @param history what earlier openings of this address have shown; updated by this one
   * @return the source; the caller closes it
   * @throws IllegalArgumentException if the scheme is unknown or the address malformed
   * @throws VideoException if a file is missing, or too many readers hang in native code
   */
  public FrameSource open(String uri, FrameSourceOptions options, SourceHistory history) {
    SourceUri source = SourceUri.parse(uri);
    if (source instanceof SourceUri.Street street) {
      return new StreetSource(size -> new LiveStreet(street.seed(), size)::draw, options, clock);
    }
    return new VideoSource(address(source, options), options, clock, threads, history);
  }

  private static VideoAddress address(SourceUri source, FrameSourceOptions options) {
    if (source instanceof SourceUri.VideoFile file) {
      return FileAddress.of(file, options);
    }
    if (source instanceof SourceUri.Device device) {
      return device(device, options);
    }
    if (source instanceof SourceUri.Network network) {
      return NetworkAddress.of(network, options);
    }
    throw new IllegalArgumentException("not a video address; use " + SourceScheme.ACCEPTED);
  }

  private static VideoAddress device(SourceUri.Device device, FrameSourceOptions options) {
    if (!Files.exists(Path.of(device.path()))) {
      throw new VideoException("there is no camera at " + device.path() + "; is it plugged in?");
    }
    return new VideoAddress(
        device.path(),
        device.path(),
        "v4l2",
        Map.of(),
        VideoAddress.Kind.LIVE,
        /* loop= */ false,
        OPEN_WITHIN,
        options.stallAfter());
  }
}
