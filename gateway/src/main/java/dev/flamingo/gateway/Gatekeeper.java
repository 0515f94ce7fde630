package dev.flamingo.gateway;

import io.vertx.core.MultiMap;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the token, where there is one: as a bearer token, or as the session of who logged in.
 */
final class Gatekeeper {

  static final String COOKIE = "flamingo-session";

  private static final int WRONG_BEARERS_A_MINUTE = 100;
  private static final int WRONG_LOGINS_A_MINUTE = 10;
  private static final Set<String> OPEN =
      Set.of("/health/live", "/health/ready", "/login", "/login.css", "/logout", "/flamingo.svg");
  private static final Pattern BEARER = Pattern.compile("(?i:Bearer) +(\\S+)");
  private static final Pattern SESSION = Pattern.compile("(?:.*[; ])?" + COOKIE + "=([^; ]+).*");

  private final @Nullable AccessToken token;
  private final InstantSource clock;
  private final Attempts bearers;
  private final Attempts logins;

  Gatekeeper(@Nullable AccessToken token, InstantSource clock) {
    this.token = token;
    this.clock = clock;
    bearers = new Attempts(WRONG_BEARERS_A_MINUTE, clock);
    logins = new Attempts(WRONG_LOGINS_A_MINUTE, clock);
  }

  /** Returns whether a token is asked for at all. */
  boolean asks() {
    return token != null;
  }

  /**
   * Lets a request pass, or does not.
   *
   * @param client its address
   * @throws HttpError if it shows no token, or a wrong one
   */
  void admit(Visit visit, String client) {
    if (token == null || OPEN.contains(visit.path()) || hasSession(visit.headers(), token)) {
      return;
    }
    Matcher bearer = BEARER.matcher(String.valueOf(visit.headers().get("Authorization")));
    if (!bearer.matches()) {
      throw new HttpError(
          401, "no-token", "this gateway asks for its token: send Authorization: Bearer TOKEN");
    }
    bearers.check(client);
    if (!token.matches(bearer.group(1))) {
      bearers.failed(client);
      throw new HttpError(401, "wrong-token", "the token is wrong: ask who runs the gateway");
    }
  }

  private boolean hasSession(MultiMap headers, AccessToken known) {
    Instant now = clock.instant();
    return headers.getAll("Cookie").stream()
        .map(SESSION::matcher)
        .anyMatch(cookie -> cookie.matches() && known.isSession(cookie.group(1), now));
  }

  /**
   * Begins a session.
   *
   * @return the session, or nothing if the token is wrong
   * @throws HttpError if too many wrong ones came from this address
   */
  Optional<String> login(String given, String client) {
    if (token == null) {
      return Optional.empty();
    }
    logins.check(client);
    if (token.matches(given.strip())) {
      return Optional.of(token.session(clock.instant()));
    }
    logins.failed(client);
    return Optional.empty();
  }
}
