package dev.flamingo.gateway;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The form by which people show the token, and the end of what it began. */
final class LoginRoutes {

  private static final String LOGGED_IN = "flamingo-logged-in";
  private static final String PROBLEM = "<!-- problem -->";

  private final Gatekeeper gatekeeper;
  private final Doorkeeper doorkeeper;
  private final Bodies bodies;
  private final String form = resource("login/login.html");
  private final String style = resource("login/login.css");

  LoginRoutes(Gatekeeper gatekeeper, Doorkeeper doorkeeper, Bodies bodies) {
    this.gatekeeper = gatekeeper;
    this.doorkeeper = doorkeeper;
    this.bodies = bodies;
  }

  void addTo(Resources resources) {
    resources.add("/login", Map.of(HttpMethod.GET, this::show, HttpMethod.POST, this::login));
    resources.add("/logout", HttpMethod.POST, this::logout);
    resources.add(
        "/login.css",
        HttpMethod.GET,
        request ->
            request
                .response()
                .putHeader("Content-Type", "text/css;charset=UTF-8")
                .putHeader("Cache-Control", "no-cache")
                .end(style));
  }

  private void show(RoutingContext request) {
    if (gatekeeper.asks()) {
      show(request, 200, "");
    } else {
      goOn(request);
    }
  }

  private void login(RoutingContext request) {
    Visit visit = Visit.of(request.request(), request.normalizedPath());
    Optional<String> session;
    try {
      session = gatekeeper.login(token(request), doorkeeper.client(visit));
    } catch (HttpError e) {
      request.response().putHeader("Retry-After", "60");
      show(request, e.status(), "Too many wrong tokens. Wait a minute and try again.");
      return;
    }
    if (session.isEmpty() && gatekeeper.asks()) {
      show(request, 401, "That is not the token. Try again.");
      return;
    }
    session.ifPresent(value -> setCookies(request, value, AccessToken.sessionLength()));
    goOn(request);
  }

  /** Ends the session of this browser; it is no entry that could be removed, but a cookie. */
  private void logout(RoutingContext request) {
    setCookies(request, "", Duration.ZERO);
    goOn(request);
  }

  // Without a path: it is that of this form, also behind a proxy that serves us under a path.
  private void setCookies(RoutingContext request, String session, Duration length) {
    Visit visit = Visit.of(request.request(), request.normalizedPath());
    String rest =
        "; Max-Age=%d; SameSite=Lax%s"
            .formatted(length.toSeconds(), doorkeeper.isEncrypted(visit) ? "; Secure" : "");
    List<String> cookies =
        List.of(
            Gatekeeper.COOKIE + "=" + session + rest + "; HttpOnly",
            // By this one the page knows that there is something to log out of.
            LOGGED_IN + "=" + (session.isEmpty() ? "" : "yes") + rest);
    request.response().putHeader("Set-Cookie", cookies);
  }

  private String token(RoutingContext request) {
    QueryStringDecoder fields = new QueryStringDecoder(bodies.text(request), false);
    return fields.parameters().getOrDefault("token", List.of("")).get(0);
  }

  private void show(RoutingContext request, int status, String problem) {
    String shown =
        problem.isEmpty() ? "" : "<p class=\"problem\" role=\"alert\">" + problem + "</p>";
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "text/html;charset=UTF-8")
        .putHeader("Cache-Control", "no-store")
        .end(form.replace(PROBLEM, shown));
  }

  // Relative, so that it is right behind a proxy that serves us under a path.
  private static void goOn(RoutingContext request) {
    request.response().setStatusCode(303).putHeader("Location", "./").end();
  }

  private static String resource(String name) {
    try (InputStream file = LoginRoutes.class.getClassLoader().getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
