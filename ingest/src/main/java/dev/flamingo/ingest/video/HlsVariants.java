package dev.flamingo.ingest.video;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The qualities of one HLS stream (RFC 8216, section 4.3.4.2), best choice first: the smallest
 * whose longer side has enough pixels, then what is larger, then what is smaller. Only the chosen
 * one is opened, so that nothing else is downloaded or decoded.
 *
 * @param urls absolute addresses; empty if the playlist names no sizes
 */
record HlsVariants(List<String> urls) {

  private static final Pattern RESOLUTION = Pattern.compile("RESOLUTION=(\\d{1,5})x(\\d{1,5})");
  private static final Pattern BANDWIDTH = Pattern.compile("(?:^|[:,])BANDWIDTH=(\\d{1,12})");
  private static final Pattern ABSOLUTE = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:.*");
  private static final Pattern ORIGIN = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*:)(//[^/?#]*).*");

  private record Variant(String url, int width, int height, long bandwidth) {

    boolean isEnough(int pixels) {
      return Math.max(width, height) >= pixels;
    }

    long area() {
      return (long) width * height;
    }
  }

  /**
   * Reads a master playlist.
   *
   * @param text the playlist
   * @param base its address
   * @param enough pixels that the longer side should have
   */
  static HlsVariants of(String text, String base, int enough) {
    List<Variant> variants = new ArrayList<>();
    String attributes = "";
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.startsWith("#EXT-X-STREAM-INF:")) {
        attributes = line;
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        variant(attributes, absolute(line, base)).ifPresent(variants::add);
        attributes = "";
      }
    }
    Comparator<Variant> small =
        Comparator.comparingLong(Variant::area).thenComparingLong(Variant::bandwidth);
    List<Variant> ordered = new ArrayList<>();
    variants.stream().filter(v -> v.isEnough(enough)).sorted(small).forEach(ordered::add);
    variants.stream()
        .filter(v -> !v.isEnough(enough))
        .sorted(small.reversed())
        .forEach(ordered::add);
    return new HlsVariants(ordered.stream().map(Variant::url).distinct().toList());
  }

  private static Optional<Variant> variant(String attributes, String url) {
    Matcher size = RESOLUTION.matcher(attributes);
    if (!size.find()) {
      return Optional.empty();
    }
    Matcher bandwidth = BANDWIDTH.matcher(attributes);
    return Optional.of(
        new Variant(
            url,
            Integer.parseInt(size.group(1)),
            Integer.parseInt(size.group(2)),
            bandwidth.find() ? Long.parseLong(bandwidth.group(1)) : Long.MAX_VALUE));
  }

  /** As RFC 3986 resolves it, but for any signs that servers use in addresses. */
  static String absolute(String reference, String base) {
    Matcher origin = ORIGIN.matcher(base);
    if (ABSOLUTE.matcher(reference).matches() || !origin.matches()) {
      return reference;
    }
    if (reference.startsWith("//")) {
      return origin.group(1) + reference;
    }
    String root = origin.group(1) + origin.group(2);
    if (reference.startsWith("/")) {
      return root + reference;
    }
    String path = base.substring(root.length()).replaceFirst("[?#].*", "");
    String folder = path.substring(0, path.lastIndexOf('/') + 1);
    String rest = reference;
    while (rest.startsWith("../") || rest.startsWith("./")) {
      if (rest.startsWith("../") && folder.length() > 1) {
        folder = folder.substring(0, folder.lastIndexOf('/', folder.length() - 2) + 1);
      }
      rest = rest.substring(rest.indexOf('/') + 1);
    }
    return root + (folder.isEmpty() ? "/" : folder) + rest;
  }
}
