package dev.flamingo.ingest.video;

import dev.flamingo.events.RedactedUri;
import dev.flamingo.ingest.street.LiveStreet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Opens cameras, files and the synthetic street by their addresses: {@code street:} ({@code
 * ?seed=7}), a file path, {@code file:} ({@code ?loop=true}), {@code rtsp://}, {@code rtsps://},
 * {@code http://}, {@code https://} and {@code /dev/videoN}.
 *
 * <p>Safe for use by many threads. One per process is right: it bounds how many readers may hang in
 * native code.
 */
public final class FrameSources {

  static {
    NativeMemory.lift();
  }

  private static final Duration OPEN_WITHIN = Duration.ofSeconds(15);
  private static final Duration FILE_READ_WITHIN = Duration.ofSeconds(60);

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
      LiveStreet world = new LiveStreet(street.seed(), options.size());
      return new StreetSource(world::draw, options, clock);
    }
    return new VideoSource(address(source, options), options, clock, threads, history);
  }

  private static VideoAddress address(SourceUri source, FrameSourceOptions options) {
    if (source instanceof SourceUri.VideoFile file) {
      return file(file);
    }
    if (source instanceof SourceUri.Device device) {
      return device(device, options);
    }
    if (source instanceof SourceUri.Network network) {
      return network(network, options);
    }
    throw new IllegalArgumentException("not a video address; use " + SourceUri.ACCEPTED);
  }

  private static VideoAddress file(SourceUri.VideoFile file) {
    Path path = file.path();
    if (!Files.exists(path)) {
      throw new VideoException("there is no file " + path + "; check the path");
    }
    if (Files.isDirectory(path)) {
      throw new VideoException(path + " is a folder; name a video file in it");
    }
    if (!Files.isReadable(path)) {
      throw new VideoException("the file " + path + " may not be read; check its permissions");
    }
    return new VideoAddress(
        "file:" + path,
        path.toString(),
        null,
        Map.of("protocol_whitelist", "file,crypto,data"),
        VideoAddress.Kind.RECORDED,
        file.loop(),
        OPEN_WITHIN,
        FILE_READ_WITHIN);
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

  /** Option names differ by protocol, and each protocol has one that ends a silent socket. */
  private static VideoAddress network(SourceUri.Network network, FrameSourceOptions options) {
    boolean rtsp = network.scheme().startsWith("rtsp");
    String micros = Long.toString(options.stallAfter().toNanos() / 1000);
    Map<String, String> settings = new HashMap<>();
    // Looking at frame rates takes seconds, and the sampler does not care.
    settings.put("fpsprobesize", "0");
    settings.put("analyzeduration", "3000000");
    settings.put("timeout", micros);
    if (rtsp) {
      settings.put("protocol_whitelist", "rtsp,rtsps,rtp,rtcp,srtp,udp,tcp,tls,crypto,data");
      settings.put("rtsp_flags", "prefer_tcp");
    } else {
      // A playlist must not reach into this machine's files.
      settings.put("protocol_whitelist", "http,https,httpproxy,tcp,tls,crypto,data");
      settings.put("rw_timeout", micros);
    }
    return new VideoAddress(
        network.uri(),
        RedactedUri.of(network.uri()).text(),
        null,
        settings,
        rtsp ? VideoAddress.Kind.LIVE : VideoAddress.Kind.EITHER,
        /* loop= */ false,
        OPEN_WITHIN,
        options.stallAfter());
  }
}
