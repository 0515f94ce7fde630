package dev.flamingo.gateway;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host and its port, as in the header {@code Host}.
 *
 * @param host in lower case, without a final dot; an IPv6 address without its brackets
 * @param port empty where the default is meant
 */
record Authority(String host, String port) {

  private static final Pattern FORM =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::(\\d{1,5}))?");

  /** Reads one; empty if it is none. */
  static Optional<Authority> of(@Nullable String text) {
    Matcher form = FORM.matcher(text == null ? "" : text.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    String host = form.group(1).toLowerCase(Locale.ROOT).replaceAll("^\\[|]$|\\.$", "");
    return Optional.of(new Authority(host, form.group(2) == null ? "" : form.group(2)));
  }

  /** Reads that of an origin such as {@code https://cam.example}; empty if it has none. */
  static Optional<Authority> ofOrigin(String origin) {
    try {
      URI uri = URI.create(origin);
      boolean plain = origin.equals(uri.getScheme() + "://" + uri.getRawAuthority());
      return plain ? of(uri.getRawAuthority()) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns whether an allowed name covers it: one without a port covers every port. */
  boolean isCoveredBy(Authority allowed) {
    return host.equals(allowed.host()) && (allowed.port().isEmpty() || port.equals(allowed.port()));
  }

  @Override
  public String toString() {
    return port.isEmpty() ? host : host + ":" + port;
  }
}
