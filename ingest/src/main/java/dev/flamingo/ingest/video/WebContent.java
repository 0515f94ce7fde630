package dev.flamingo.ingest.video;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an address of the network leads to, by what comes from there and never by its name: bytes
 * for a demuxer, pictures, or a text that names the video.
 */
sealed interface WebContent {

  /**
   * Bytes of some container.
   *
   * @param answer still from its start; the taker's to close
   */
  record Container(ServerAnswer answer) implements WebContent {}

  /**
   * Pictures as such.
   *
   * @param answer still from its start; the taker's to close
   */
  record Pictures(ServerAnswer answer) implements WebContent {}

  /**
   * A text that leads to the video.
   *
   * @param candidates what to open, best first; the next ones where that does not work
   */
  record Elsewhere(List<VideoAddress> candidates) implements WebContent {}

  /** The first of an answer's bytes, as many as come together. */
  int HEAD = 16 << 10;

  int LONGEST_TEXT = 1 << 20;

  /** The bound on opening is shared by so many qualities. */
  int MOST_VARIANTS = 2;

  Pattern LOCAL =
      Pattern.compile(
          "(?:^|URI=\")\\s*(file|concat|subfile|pipe|fd|unix):",
          Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  /**
   * Looks what an answer is.
   *
   * @param answer at its start; closed if it is a text
   * @param history which of several qualities have fallen silent
   * @throws VideoException if it is a text that leads nowhere
   */
  static WebContent of(ServerAnswer answer, VideoAddress address, SourceHistory history) {
    byte[] head = answer.head(HEAD);
    if (StillKind.isIn(answer.type(), head, answer.bounded())) {
      return new Pictures(answer);
    }
    boolean page = isPage(answer.type(), head);
    Optional<MediaList> list = page ? Optional.empty() : MediaList.of(head);
    if (list.isEmpty() && !page) {
      return new Container(answer);
    }
    try (answer) {
      if (page) {
        throw new VideoException(
            address.name() + " is a web page; use the address of the video that it shows");
      }
      return new Elsewhere(candidates(list.get(), answer, address, history));
    }
  }

  private static boolean isPage(String type, byte[] head) {
    String start = new String(head, StandardCharsets.UTF_8).stripLeading().toLowerCase(Locale.ROOT);
    return start.startsWith("<!doctype html")
        || start.startsWith("<html")
        || (type.equals("text/html") && start.startsWith("<"));
  }

  private static List<VideoAddress> candidates(
      MediaList list, ServerAnswer answer, VideoAddress address, SourceHistory history) {
    return switch (list.kind()) {
      case HLS -> hls(text(answer), answer, address, history);
      case DASH -> List.of(address.resolved(address.url(), "dash", Map.of()));
      case SDP ->
          List.of(
              address
                  .resolved(
                      address.url(),
                      "sdp",
                      Map.of(
                          "protocol_whitelist",
                          "http,https,httpproxy,tcp,tls,crypto,data,rtp,srtp,udp"))
                  .live());
      case CONCAT ->
          throw new VideoException(
              address.name() + " is a list of files; use the address of one of them");
      case ADDRESSES -> List.of(followed(list.only(address.name()), answer, address));
    };
  }

  private static List<VideoAddress> hls(
      String text, ServerAnswer answer, VideoAddress address, SourceHistory history) {
    Matcher local = LOCAL.matcher(text);
    if (local.find()) {
      throw new VideoException(
          "the playlist %s names \"%s:\", which is not read from the network"
              .formatted(address.name(), local.group(1)));
    }
    VideoAddress whole = address.resolved(address.url(), "hls", Map.of());
    List<VideoAddress> candidates = new ArrayList<>();
    String cookies = answer.cookies();
    Map<String, String> settings = cookies.isEmpty() ? Map.of() : Map.of("cookies", cookies);
    List<String> qualities = HlsVariants.of(text, answer.location(), address.enough()).urls();
    history.freshFirst(qualities).stream()
        .limit(MOST_VARIANTS)
        .map(url -> address.resolved(url, "hls", settings))
        .forEach(candidates::add);
    candidates.add(whole);
    return candidates;
  }

  private static VideoAddress followed(String entry, ServerAnswer answer, VideoAddress address) {
    String url = HlsVariants.absolute(entry, answer.location());
    if (!url.startsWith("http://") && !url.startsWith("https://")) {
      throw new VideoException(
          address.name() + " is a list that names another address; use that as the source");
    }
    return address.resolved(url, null, Map.of());
  }

  private static String text(ServerAnswer answer) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] chunk = new byte[HEAD];
    int count = answer.read(chunk);
    while (count > 0 && all.size() < LONGEST_TEXT) {
      all.write(chunk, 0, count);
      count = answer.read(chunk);
    }
    return all.toString(StandardCharsets.UTF_8);
  }
}
