package dev.flamingo.standalone.demo;

import dev.flamingo.events.RedactedUri;
import dev.flamingo.events.StreamId;
import dev.flamingo.events.StreamSpec;
import dev.flamingo.ingest.video.FrameSources;
import dev.flamingo.standalone.NamedSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stream of the demo, with a name made from its address.
 *
 * @param id what people call it
 * @param spec where it comes from; it is captioned
 */
public record DemoStream(StreamId id, StreamSpec spec) {

  private static final int LONGEST_NAME = 40;
  private static final Pattern REMOTE =
      Pattern.compile("\\s*([a-zA-Z]+)://(?:\\*\\*\\*)?@?(\\[[^\\]]*\\]|[^:/?#]*).*");
  private static final Pattern LAST_PART = Pattern.compile("(?:.*[/\\\\:])?([^/\\\\:?]+?)");

  /**
   * Names those that have no name by their addresses: a camera by its host, a file by its name.
   *
   * @throws IllegalArgumentException if an address is malformed, or a name is given twice
   * @throws dev.flamingo.ingest.video.VideoException if there is no such file or camera
   */
  public static List<DemoStream> of(List<NamedSource> sources) {
    Set<StreamId> taken = new HashSet<>();
    for (NamedSource source : sources) {
      FrameSources.require(source.uri());
      if (source.name() != null && !taken.add(source.name())) {
        throw new IllegalArgumentException(
            "two sources are called %s: give each a name of its own".formatted(source.name()));
      }
    }
    List<DemoStream> streams = new ArrayList<>();
    for (NamedSource source : sources) {
      String uri = source.uri();
      StreamId id = source.name() == null ? free(name(uri), taken) : source.name();
      streams.add(
          new DemoStream(
              id, new StreamSpec(uri, /* enabled= */ true, /* captions= */ true, Map.of())));
    }
    return streams;
  }

  /** Returns the street camera, for a demo that has nothing else to watch. */
  static DemoStream street() {
    return of(List.of(NamedSource.parse("street:"))).get(0);
  }

  private static StreamId free(String name, Set<StreamId> taken) {
    StreamId free = new StreamId(name);
    for (int i = 2; !taken.add(free); i++) {
      free = new StreamId(name + "-" + i);
    }
    return free;
  }

  private static String name(String uri) {
    if (uri.startsWith("street:")) {
      return "street";
    }
    // A password may hold any sign, and one that listens names no host.
    Matcher remote = REMOTE.matcher(RedactedUri.of(uri).text());
    boolean local = uri.startsWith("file:") || !remote.matches();
    String name = local ? file(uri) : remote.group(remote.group(2).isEmpty() ? 1 : 2);
    String plain =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-").replaceAll("^[._-]+", "");
    return plain.isEmpty() ? "video" : plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
  }

  private static String file(String uri) {
    String path = uri.replaceFirst("\\?loop=true$", "").replaceFirst("/+$", "");
    Matcher last = LAST_PART.matcher(path);
    String name = last.matches() ? last.group(1) : path;
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
