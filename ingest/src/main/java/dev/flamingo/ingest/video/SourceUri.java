package dev.flamingo.ingest.video;

import dev.flamingo.events.SourceScheme;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a source's address stands for. */
sealed interface SourceUri {

  /** The synthetic street camera; the same seed gives the same street. */
  record Street(long seed) implements SourceUri {}

  /** A video file; {@code loop} starts it over at its end. */
  record VideoFile(Path path, boolean loop) implements SourceUri {}

  /** Something FFmpeg reads over the network, with credentials if it has any. */
  record Network(SourceScheme scheme, String uri) implements SourceUri {

    /** What stands after the scheme and its colon. */
    String rest() {
      return uri.substring(uri.indexOf(':') + 1);
    }
  }

  /** A capture device such as {@code /dev/video0}. */
  record Device(String path) implements SourceUri {}

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if it is blank, of an unknown scheme or not well formed
   */
  static SourceUri parse(String uri) {
    if (uri.indexOf('\0') >= 0 || uri.length() > 4096) {
      throw new IllegalArgumentException(
          "the source is not an address; use " + SourceScheme.ACCEPTED);
    }
    if (!uri.isBlank() && !uri.contains("://") && exists(uri)) {
      return local(uri);
    }
    Optional<SourceScheme> scheme = SourceScheme.of(uri);
    if (scheme.isEmpty()) {
      return local(uri);
    }
    String address = uri.strip();
    String rest = address.substring(scheme.get().text().length() + 1);
    return switch (scheme.get()) {
      case STREET -> street(rest);
      case FILE -> file(rest);
      default -> new Network(scheme.get(), scheme.get().text() + ":" + rest);
    };
  }

  private static SourceUri local(String path) {
    return path.matches("/dev/video\\d{1,3}")
        ? new Device(path)
        : new VideoFile(path(path), /* loop= */ false);
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
