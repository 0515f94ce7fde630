package dev.flamingo.standalone;

import dev.flamingo.events.RedactedUri;
import dev.flamingo.events.StreamId;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A source as users write it: {@code ADDRESS}, or {@code NAME=ADDRESS}.
 *
 * @param name what it is called; null if it is named by its address
 * @param uri its address, with credentials if it has any
 */
public record NamedSource(@Nullable StreamId name, String uri) {

  // An address has the colon of its scheme before any equals sign, and is never taken for a name.
  private static final Pattern NAMED = Pattern.compile("([a-z0-9][a-z0-9._-]{0,62})=(.+)");

  /** Reads one source; its address is not checked. */
  public static NamedSource parse(String text) {
    Matcher named = NAMED.matcher(text.strip());
    return named.matches()
        ? new NamedSource(new StreamId(named.group(1)), named.group(2).strip())
        : new NamedSource(null, text.strip());
  }

  /** Reads one source a line; blank lines and those that begin with {@code #} are comments. */
  public static List<NamedSource> parseLines(String text) {
    return text.lines()
        .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
        .map(NamedSource::parse)
        .toList();
  }

  /** Returns whether the address has parts that no message may show. */
  public boolean hasSecrets() {
    return !RedactedUri.of(uri).text().equals(uri);
  }

  /** Returns it without its credentials. */
  @Override
  public String toString() {
    String shown = RedactedUri.of(uri).text();
    return name == null ? shown : name + "=" + shown;
  }
}
