package dev.flamingo.ingest.video;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What FFmpeg needs to know to open a video.
 *
 * @param url FFmpeg's address, with credentials if it has any: never to be shown
 * @param name how messages call it, without credentials
 * @param format the demuxer's name, or null to let FFmpeg look
 * @param options demuxer and protocol options
 * @param kind how its time passes
 * @param loop start over at the end
 * @param openWithin bound on connecting and probing
 * @param readWithin bound on waiting for one packet
 * @param hint what to check where opening fails, without credentials; empty if nothing is known
 * @param enough of several qualities the smallest is read whose longer side has so many pixels
 */
record VideoAddress(
    String url,
    String name,
    @Nullable String format,
    Map<String, String> options,
    Kind kind,
    boolean loop,
    Duration openWithin,
    Duration readWithin,
    String hint,
    int enough) {

  private static final Pattern END_TIME =
      Pattern.compile("[?&]endtime=\\d", Pattern.CASE_INSENSITIVE);

  /** An address of which no more is known. */
  VideoAddress(
      String url,
      String name,
      @Nullable String format,
      Map<String, String> options,
      Kind kind,
      boolean loop,
      Duration openWithin,
      Duration readWithin) {
    this(
        url,
        name,
        format,
        options,
        kind,
        loop,
        openWithin,
        readWithin,
        /* hint= */ "",
        /* enough= */ 0);
  }

  /** How a source's time passes. */
  enum Kind {
    /** It can wait: its own timestamps count. */
    RECORDED,
    /** It cannot wait: the wall clock counts. */
    LIVE,
    /** Recorded if its length is known, live otherwise. */
    EITHER
  }

  /** Whether it asks a recorder for a time that is over, as those of many makes are asked. */
  boolean namesAnEnd() {
    return url.startsWith("rtsp") && END_TIME.matcher(url).find();
  }

  /**
   * Whether one request gives one stream of bytes, which is looked at before a demuxer is chosen.
   */
  boolean isByteStream() {
    return format == null && (url.startsWith("http") || url.startsWith("tcp:"));
  }

  /**
   * The same source, found elsewhere or known better.
   *
   * @param settings come on top of its options
   */
  VideoAddress resolved(String newUrl, @Nullable String demuxer, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(options);
    all.putAll(settings);
    return new VideoAddress(
        newUrl, name, demuxer, all, kind, loop, openWithin, readWithin, hint, enough);
  }

  /** The same, known to be a camera. */
  VideoAddress live() {
    return new VideoAddress(
        url,
        name,
        format,
        options,
        Kind.LIVE,
        /* loop= */ false,
        openWithin,
        readWithin,
        hint,
        enough);
  }
}
