package dev.flamingo.events;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A camera's address without its secrets, fit for logs, metrics and errors. Stars replace
 *
 * <ul>
 *   <li>user and password, also those of an address whose scheme is missing or misspelt,
 *   <li>everything after a question mark or a hash: tokens, the {@code passphrase} and {@code
 *       streamid} of SRT,
 *   <li>the stream key of RTMP: all of the path but the application's name,
 *   <li>what follows {@code password=} and the like within a path, where some cameras expect it.
 * </ul>
 *
 * <p>Where an {@code @} stands behind a question mark or a hash, a password may go on or a query
 * may have begun: only what is shown in neither case is left. Paths of files, {@code file:} and
 * {@code street:} addresses stay as they are.
 *
 * @param text the address as it may be shown
 */
public record RedactedUri(String text) {

  private static final Pattern LOCAL =
      Pattern.compile("\\s*(?:file:|street:|[/.])", Pattern.CASE_INSENSITIVE);
  private static final Pattern SCHEME = Pattern.compile("\\s*[A-Za-z][A-Za-z0-9+.-]*:/+");
  // Passwords may hold any sign, also @, /, ? and #: up to the last @, though it be the path's.
  private static final Pattern USER = Pattern.compile(".+@", Pattern.DOTALL);
  // A host that cannot be a user with a password, as it has no colon but that of a port.
  private static final Pattern HOST =
      Pattern.compile("(?:[^@:/?#\\[\\]]+|(?:[0-9.]+|\\[[^\\]/?#]*\\])(?::\\d{1,5})?)(?=[/?#])");
  // The only @ stands behind the first ? or #, and what leads to it cannot be a host with a port.
  private static final Pattern ODD_PASSWORD =
      Pattern.compile("[^@:/?#\\[]+:(?!\\d+[/?#])[^@?#]*[?#][^@]*@[^@]*", Pattern.DOTALL);
  private static final Pattern QUERY = Pattern.compile("([?#]).*", Pattern.DOTALL);
  private static final Pattern RTMP_KEY =
      Pattern.compile("^([^/]*/(?:[^/]+/(?=.))?).+", Pattern.DOTALL);
  private static final Pattern NAMED_SECRET =
      Pattern.compile(
          "((?:user|pass|pwd|token|secret|key|auth)[a-z]{0,8}=).*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern STARS = Pattern.compile("(?:^|/)\\*{3}@|[?#=/]\\*{3}$");

  /** Returns whether an address has stars where its secrets were, so that it leads nowhere. */
  public static boolean isRedacted(String uri) {
    return !LOCAL.matcher(uri).lookingAt() && STARS.matcher(uri).find();
  }

  /** Returns the address that may be shown. */
  public static RedactedUri of(String uri) {
    if (LOCAL.matcher(uri).lookingAt()) {
      return new RedactedUri(uri);
    }
    Matcher scheme = SCHEME.matcher(uri);
    if (!scheme.lookingAt()) {
      int colon = uri.indexOf(':');
      boolean user = colon >= 0 && colon < uri.lastIndexOf('@');
      return new RedactedUri(user ? withoutQuery(withoutUser(uri)) : uri);
    }
    String rest = withoutQuery(withoutUser(uri.substring(scheme.end())));
    boolean rtmp = scheme.group().strip().regionMatches(/* ignoreCase= */ true, 0, "rtmp", 0, 4);
    String shown =
        rtmp
            ? RTMP_KEY.matcher(rest).replaceFirst("$1***")
            : NAMED_SECRET.matcher(rest).replaceFirst("$1***");
    return new RedactedUri(scheme.group() + shown);
  }

  private static String withoutUser(String rest) {
    Matcher query = QUERY.matcher(rest);
    boolean unclear = query.find() && rest.lastIndexOf('@') > query.start();
    if (!unclear || ODD_PASSWORD.matcher(rest).matches()) {
      return USER.matcher(rest).replaceFirst("***@");
    }
    boolean user = rest.lastIndexOf('@', query.start()) >= 0;
    return !user && HOST.matcher(rest).lookingAt() ? rest : "***";
  }

  private static String withoutQuery(String rest) {
    return QUERY.matcher(rest).replaceFirst("$1***");
  }

  @Override
  public String toString() {
    return text;
  }
}
