package dev.flamingo.events;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The schemes that the address of a stream may have. Every registration checks its address here, so
 * that a misspelt one is refused at once and not by the service that opens it later.
 */
public enum SourceScheme {
  /** The synthetic street camera. */
  STREET(false),
  /** A file of the machine that samples. */
  FILE(false),
  /** RTSP (RFC 2326). */
  RTSP(true),
  /** RTSP over TLS. */
  RTSPS(true),
  /** RTSP with its media inside the TCP connection. */
  RTSPT(true),
  /** HTTP: Motion JPEG, HLS, DASH, a snapshot that is polled, or a file. */
  HTTP(true),
  /** The same over TLS. */
  HTTPS(true),
  /** RTMP. */
  RTMP(true),
  /** RTMP over TLS. */
  RTMPS(true),
  /** SRT, calling or listening. */
  SRT(true),
  /** Datagrams, unicast or multicast, usually of MPEG-TS. */
  UDP(true),
  /** RTP with a static payload type, usually MPEG-TS. */
  RTP(true),
  /** A byte stream over a bare TCP connection. */
  TCP(true);

  /** What a user may type, for messages. */
  public static final String ACCEPTED =
      "street:, a file path, file:, rtsp://, rtsps://, rtspt://, http://, https://, rtmp://,"
          + " rtmps://, srt://, udp://, rtp://, tcp:// or /dev/videoN";

  /** Two letters at least: one would be a drive. */
  private static final Pattern SCHEME =
      Pattern.compile("\\s*([a-zA-Z][a-zA-Z0-9+.-]+)(:|//)(.*)", Pattern.DOTALL);

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(?:\\[[^\\[\\]]*\\]|[^:\\[\\]]*)(?::(\\d{1,5}))?");

  private static final int HIGHEST_PORT = 65_535;

  private final boolean network;

  SourceScheme(boolean network) {
    this.network = network;
  }

  /** As it is written, in lower case and without the colon. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the address may leave out the host, as one that waits for its sender does. */
  private boolean listens() {
    return this == SRT || this == UDP || this == RTP || this == TCP || this == RTMP;
  }

  /** Whether there is no port that is meant where none is given. */
  private boolean needsPort() {
    return this == SRT || this == UDP || this == RTP || this == TCP;
  }

  /**
   * Reads the scheme of an address.
   *
   * @return nothing if it has none, as a path has
   * @throws IllegalArgumentException if the scheme is unknown or the address is not well formed;
   *     the message shows nothing but the scheme
   */
  public static Optional<SourceScheme> of(String uri) {
    if (uri.isBlank()) {
      throw new IllegalArgumentException("the source is empty; use " + ACCEPTED);
    }
    Matcher matcher = SCHEME.matcher(uri);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String text = matcher.group(1).toLowerCase(Locale.ROOT);
    Optional<SourceScheme> known = named(text);
    if (matcher.group(2).equals("//")) {
      if (known.isEmpty()) {
        return Optional.empty(); // A path with two slashes.
      }
      throw new IllegalArgumentException(
          "the source has no colon after its scheme; write %s://HOST/PATH".formatted(text));
    }
    String rest = matcher.group(3);
    if (known.isEmpty() && !rest.startsWith("//") && rest.contains("@")) {
      // What stands before the colon may be a user or a password.
      throw new IllegalArgumentException(
          "the source has no scheme; write it as in rtsp://USER:PASSWORD@HOST/PATH");
    }
    SourceScheme scheme =
        known.orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown source scheme \"%s:\"; use %s".formatted(text, ACCEPTED)));
    if (scheme.network) {
      scheme.requireHost(rest.strip());
    }
    return known;
  }

  private void requireHost(String rest) {
    String host = rest.startsWith("//") ? rest.substring(2) : "";
    boolean named = !host.isEmpty() && "/?#".indexOf(host.charAt(0)) < 0;
    if (!named || (host.startsWith(":") && !listens())) {
      throw new IllegalArgumentException(
          "the address names no host; write %s://HOST/PATH".formatted(text()));
    }
    int end = 0;
    while (end < host.length() && "/?#".indexOf(host.charAt(end)) < 0) {
      end++;
    }
    // Behind such a sign in a password, that has to be escaped, is the host: opening explains it.
    if (host.indexOf('@', end) < 0) {
      requirePort(host.substring(host.lastIndexOf('@', end) + 1, end));
    }
  }

  private void requirePort(String host) {
    Matcher parts = HOST_AND_PORT.matcher(host);
    String port = parts.matches() ? parts.group(1) : "0";
    if (port == null ? needsPort() : !isPort(Integer.parseInt(port))) {
      throw new IllegalArgumentException(
          "the address needs a port from 1 to %d behind its host%s; write %s://HOST:PORT"
              .formatted(HIGHEST_PORT, needsPort() ? "" : " and a colon, or neither", text()));
    }
  }

  private static boolean isPort(int number) {
    return number >= 1 && number <= HIGHEST_PORT;
  }

  private static Optional<SourceScheme> named(String text) {
    for (SourceScheme scheme : values()) {
      if (scheme.text().equals(text)) {
        return Optional.of(scheme);
      }
    }
    return Optional.empty();
  }
}
