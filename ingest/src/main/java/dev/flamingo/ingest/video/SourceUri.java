package dev.flamingo.ingest.video;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a source's address stands for. */
sealed interface SourceUri {

  /** The synthetic street camera; the same seed gives the same street. */
  record Street(long seed) implements SourceUri {}

  /** A video file; {@code loop} starts it over at its end. */
  record VideoFile(Path path, boolean loop) implements SourceUri {}

  /** Something FFmpeg reads over the network, with credentials if it has any. */
  record Network(String scheme, String uri) implements SourceUri {}

  /** A capture device such as {@code /dev/video0}. */
  record Device(String path) implements SourceUri {}

  /** What a user may type. */
  String ACCEPTED =
      "street:, a file path, file:, rtsp://, rtsps://, http://, https:// or /dev/videoN";

  /** Two letters at least: one would be a drive. */
  Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]+):(.*)", Pattern.DOTALL);

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if it is blank, of an unknown scheme or not well formed
   */
  static SourceUri parse(String uri) {
    if (uri.isBlank()) {
      throw new IllegalArgumentException("the source is empty; use " + ACCEPTED);
    }
    if (uri.indexOf('\0') >= 0 || uri.length() > 4096) {
      throw new IllegalArgumentException("the source is not an address; use " + ACCEPTED);
    }
    Matcher matcher = SCHEME.matcher(uri);
    if (!matcher.matches() || (!uri.contains("://") && exists(uri))) {
      return uri.matches("/dev/video\\d{1,3}")
          ? new Device(uri)
          : new VideoFile(path(uri), /* loop= */ false);
    }
    String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
    String rest = matcher.group(2);
    return switch (scheme) {
      case "street" -> street(rest);
      case "file" -> file(rest);
      case "rtsp", "rtsps", "http", "https" -> network(scheme, rest);
      default ->
          throw new IllegalArgumentException(
              "unknown source scheme \"%s:\"; use %s".formatted(scheme, ACCEPTED));
    };
  }

  private static Street street(String rest) {
    Matcher seed = Pattern.compile("(?://)?(?:\\?seed=(-?\\d{1,18}))?").matcher(rest);
    if (!seed.matches()) {
      throw new IllegalArgumentException(
          "the street camera takes a whole number as its seed, as in street:?seed=7, but got \"street:%s\""
              .formatted(rest));
    }
    return new Street(seed.group(1) == null ? 0 : Long.parseLong(seed.group(1)));
  }

  private static VideoFile file(String rest) {
    boolean loop = rest.endsWith("?loop=true");
    String path = loop ? rest.substring(0, rest.length() - "?loop=true".length()) : rest;
    if (path.startsWith("//")) {
      int slash = path.indexOf('/', 2);
      String host = slash < 0 ? path.substring(2) : path.substring(2, slash);
      if (slash < 0 || !(host.isEmpty() || host.equals("localhost"))) {
        throw new IllegalArgumentException(
            "a file address has three slashes, as in file:///videos/a.mp4, but got \"file:%s\""
                .formatted(rest));
      }
      path = path.substring(slash);
    }
    if (path.contains("%") && !exists(path)) {
      try {
        path = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "the file address has a broken percent escape: \"file:%s\"".formatted(rest), e);
      }
    }
    return new VideoFile(path(path), loop);
  }

  private static Network network(String scheme, String rest) {
    if (!rest.startsWith("//") || rest.length() == 2 || rest.charAt(2) == '/') {
      throw new IllegalArgumentException(
          "the address names no host; write %s://HOST/PATH".formatted(scheme));
    }
    return new Network(scheme, scheme + ":" + rest);
  }

  private static boolean exists(String path) {
    try {
      return Files.exists(Path.of(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static Path path(String path) {
    try {
      return Path.of(path).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("\"%s\" is not a file path".formatted(path), e);
    }
  }
}
