package dev.flamingo.events;

import java.util.regex.Pattern;

/**
 * A camera's address without its secrets, fit for logs, metrics and errors.
 *
 * @param text the address; user and password are stars, and so is what follows a question mark
 */
public record RedactedUri(String text) {

  // Passwords may hold any sign, also @, /, ? and #: up to the last @, though it be the path's.
  private static final Pattern USER =
      Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*://).*@", Pattern.DOTALL);
  private static final Pattern QUERY = Pattern.compile("\\?.*$", Pattern.DOTALL);

  /** Returns the address that may be shown. */
  public static RedactedUri of(String uri) {
    String withoutUser = USER.matcher(uri).replaceFirst("$1***@");
    boolean remote = uri.contains("://");
    return new RedactedUri(remote ? QUERY.matcher(withoutUser).replaceFirst("?***") : withoutUser);
  }

  @Override
  public String toString() {
    return text;
  }
}
