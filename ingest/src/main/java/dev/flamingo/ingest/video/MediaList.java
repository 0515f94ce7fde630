package dev.flamingo.ingest.video;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that leads to videos instead of being one.
 *
 * @param kind what it is, by its content: its name says little
 * @param entries the addresses in it, where it is a mere list of some; secret
 */
record MediaList(Kind kind, List<String> entries) {

  /** Kinds of texts. */
  enum Kind {
    /** An HLS playlist (RFC 8216). */
    HLS,
    /** A DASH manifest (ISO/IEC 23009-1). */
    DASH,
    /** A session description (RFC 8866). */
    SDP,
    /** FFmpeg's list of files that follow one another. */
    CONCAT,
    /** Addresses: M3U, PLS, ASX, XSPF or one to a line. */
    ADDRESSES
  }

  /** So many bytes of a text are enough to know it. */
  static final int HEAD_BYTES = 64 << 10;

  private static final Pattern HLS =
      Pattern.compile("#EXT-X-(?:STREAM-INF|TARGETDURATION|MEDIA-SEQUENCE):");
  private static final Pattern SDP = Pattern.compile("v=0\\s.*\\nm=", Pattern.DOTALL);
  private static final Pattern TAGGED =
      Pattern.compile(
          "(?:^\\s*File\\d+\\s*=|<location>|<ref\\s+href\\s*=\\s*\")\\s*([^<\"\\r\\n]+)",
          Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  private static final Pattern ADDRESS = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+://\\S+");

  /**
   * Looks what a text is.
   *
   * @param head its beginning
   * @return nothing if it is none of these
   */
  static Optional<MediaList> of(byte[] head) {
    String text = new String(head, StandardCharsets.UTF_8);
    String start = (text.startsWith("\ufeff") ? text.substring(1) : text).stripLeading();
    String lower = start.substring(0, Math.min(start.length(), 64)).toLowerCase(Locale.ROOT);
    if (lower.startsWith("#extm3u")) {
      return HLS.matcher(start).find() ? only(Kind.HLS) : addresses(lines(start));
    }
    if (lower.startsWith("ffconcat version")) {
      return only(Kind.CONCAT);
    }
    if (SDP.matcher(start).lookingAt()) {
      return only(Kind.SDP);
    }
    if (start.startsWith("<") && start.contains("<MPD")) {
      return only(Kind.DASH);
    }
    if (lower.startsWith("[playlist]")
        || lower.startsWith("<asx")
        || (start.startsWith("<") && start.contains("<trackList"))) {
      return addresses(tagged(start));
    }
    List<String> lines = lines(start);
    return !lines.isEmpty() && lines.stream().allMatch(line -> ADDRESS.matcher(line).matches())
        ? addresses(lines)
        : Optional.empty();
  }

  private static Optional<MediaList> only(Kind kind) {
    return Optional.of(new MediaList(kind, List.of()));
  }

  private static Optional<MediaList> addresses(List<String> entries) {
    return Optional.of(new MediaList(Kind.ADDRESSES, entries));
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(l -> !l.isEmpty() && !l.startsWith("#")).toList();
  }

  private static List<String> tagged(String text) {
    return TAGGED.matcher(text).results().map(result -> result.group(1).strip()).toList();
  }

  /**
   * The only address of a list.
   *
   * @param name how messages call the list
   * @throws VideoException if there are more, or none
   */
  String only(String name) {
    if (entries.size() != 1) {
      throw new VideoException(
          "%s is a list of %d addresses; use one of them as the source"
              .formatted(name, entries.size()));
    }
    return entries.get(0);
  }

  /** Whether a text names something on the network, beside the names of XML. */
  static boolean namesNetwork(byte[] head) {
    Matcher address =
        Pattern.compile("(?:^|>|URI=\"|media=\"|sourceURL=\")\\s*https?://", Pattern.MULTILINE)
            .matcher(new String(head, StandardCharsets.UTF_8));
    return address.find();
  }
}
