package dev.flamingo.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway that asks for a token, and one that does not, as clients meet them. */
@Timeout(90)
@ExtendWith(GatewayExtension.class)
class AccessTest {

  private static final String SECRET = "correct-horse-battery";
  private static final String WEBSOCKET = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

  private static Gateway closed;

  private final LiveGateway open;
  private final HttpClient client = HttpClient.newHttpClient();

  AccessTest(LiveGateway open) {
    this.open = open;
  }

  @BeforeAll
  static void start(LiveGateway open) throws Exception {
    closed =
        Gateway.start(
            open.second(0)
                .withAccess(
                    new Access(
                        List.of("cam.example"),
                        List.of("127.0.0.1"),
                        new AccessToken(SECRET),
                        false)));
  }

  @AfterAll
  static void close() {
    closed.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /v1/streams", "GET /", "POST /v1/streams", "DELETE /v1/streams/a"})
  void aReboundNameGetsNothing(String what) throws Exception {
    RawHttp raw = new RawHttp(open.port());

    assertThat(
            raw.send(
                what + " HTTP/1.1",
                "Host: evil.example:8080",
                "Origin: http://evil.example:8080",
                "Content-Length: 0"))
        .startsWith("HTTP/1.1 421");
    assertThat(raw.send(what + " HTTP/1.1", "Content-Length: 0")).startsWith("HTTP/1.1 400");
  }

  @Test
  void aReboundNameGetsNoWebSocket() throws Exception {
    assertThat(handshake(open.port(), "Host: evil.example", "Origin: http://evil.example"))
        .startsWith("HTTP/1.1 421");
    assertThat(handshake(open.port(), "Host: localhost", "Origin: http://evil.example"))
        .startsWith("HTTP/1.1 403");
    assertThat(handshake(open.port(), "Host: localhost", "X: y")).startsWith("HTTP/1.1 101");
  }

  @Test
  void theHostThatCountsIsTheOnlyOneAndThatOfTheTarget() throws Exception {
    RawHttp raw = new RawHttp(open.port());

    assertThat(raw.send("GET /v1/streams HTTP/1.1", "Host: localhost", "Host: evil.example"))
        .startsWith("HTTP/1.1 400");
    assertThat(raw.send("GET http://evil.example/v1/streams HTTP/1.1", "Host: localhost"))
        .startsWith("HTTP/1.1 421");
    assertThat(raw.send("GET http://localhost/v1/streams HTTP/1.1", "Host: evil.example"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void aClientOfHttp10IsServed() throws Exception {
    assertThat(new RawHttp(open.port()).send("GET /health/live HTTP/1.0")).contains(" 200 ");
  }

  @Test
  void withoutTheTokenNothingButHealthIsServed() throws Exception {
    for (String path : List.of("/v1/streams", "/metrics", "/app.js", "/v1/streams/a/frame.jpg")) {
      HttpResponse<String> response = get(path, "Accept", "*/*");
      assertThat(response.statusCode()).as(path).isEqualTo(401);
      assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
      assertThat(get(path, "Authorization", "Bearer wrong").statusCode()).isEqualTo(401);
      assertThat(get(path, "Authorization", "Bearer " + SECRET).statusCode())
          .as(path)
          .isIn(200, 404);
    }
    assertThat(get("/health/live", "Accept", "*/*").statusCode()).isEqualTo(200);
    assertThat(handshake(closed.port(), "Host: localhost", "X: y")).startsWith("HTTP/1.1 401");
    assertThat(handshake(closed.port(), "Host: localhost", "Authorization: Bearer " + SECRET))
        .startsWith("HTTP/1.1 101");
  }

  @Test
  void aPersonLogsInByTheFormAndThePageAndTheWebSocketAreServed() throws Exception {
    HttpResponse<String> page = get("/", "Accept", "text/html");
    assertThat(page.statusCode()).isEqualTo(303);
    assertThat(page.headers().firstValue("Location")).hasValue("login");
    HttpResponse<String> form = get("/login", "Accept", "text/html");
    assertThat(form.statusCode()).isEqualTo(200);
    assertThat(form.body()).contains("<form method=\"post\"").doesNotContain(SECRET);
    assertThat(get("/login.css", "Accept", "text/css").statusCode()).isEqualTo(200);

    HttpResponse<String> wrong = login("wrong", "X-Forwarded-Proto", "https");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.body()).contains("That is not the token");
    HttpResponse<String> right = login(SECRET, "X-Forwarded-Proto", "https");

    assertThat(right.statusCode()).isEqualTo(303);
    assertThat(right.headers().firstValue("Location")).hasValue("./");
    String cookie = right.headers().allValues("Set-Cookie").get(0);
    assertThat(right.headers().allValues("Set-Cookie").get(1))
        .as("for the page's own eyes")
        .startsWith("flamingo-logged-in=yes;")
        .doesNotContain("HttpOnly");
    assertThat(cookie)
        .contains("HttpOnly", "SameSite=Lax", "Secure", "Max-Age=")
        .doesNotContain(SECRET);
    String session = cookie.substring(0, cookie.indexOf(';'));
    assertThat(get("/", "Cookie", session).body()).contains("<html");
    assertThat(get("/v1/streams", "Cookie", session).statusCode()).isEqualTo(200);
    assertThat(handshake(closed.port(), "Host: localhost", "Cookie: " + session))
        .startsWith("HTTP/1.1 101");
  }

  @Test
  void aPersonLogsOutWhetherTheSessionStillHoldsOrNot() throws Exception {
    HttpResponse<String> out =
        client.send(
            request("/logout")
                .header("Origin", "http://localhost:" + closed.port())
                .POST(BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString());

    assertThat(out.statusCode()).isEqualTo(303);
    assertThat(out.headers().firstValue("Location")).hasValue("./");
    assertThat(out.headers().allValues("Set-Cookie"))
        .hasSize(2)
        .allMatch(cookie -> cookie.matches("flamingo-[a-z-]+=; Max-Age=0; SameSite=Lax.*"));
    HttpResponse<String> foreign =
        client.send(
            request("/logout")
                .header("Origin", "https://evil.example")
                .POST(BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString());
    assertThat(foreign.statusCode()).isEqualTo(403);
    assertThat(get("/logout", "Accept", "text/html").statusCode()).isEqualTo(405);
  }

  @Test
  void aPageBehindAProxyThatRewritesTheHostCanAsk() throws Exception {
    HttpResponse<String> response =
        client.send(
            request("/v1/streams")
                .header("Authorization", "Bearer " + SECRET)
                .header("Origin", "https://cam.example")
                .header("X-Forwarded-Host", "cam.example")
                .POST(BodyPublishers.ofString("[]"))
                .build(),
            BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(400);
  }

  @Test
  void whoGuessesAtTheFormIsStopped() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertThat(login("guess-" + i, "X-Forwarded-For", "203.0.113.7").statusCode()).isEqualTo(401);
    }

    HttpResponse<String> stopped = login(SECRET, "X-Forwarded-For", "203.0.113.7");

    assertThat(stopped.statusCode()).isEqualTo(429);
    assertThat(stopped.headers().firstValue("Retry-After")).hasValue("60");
    assertThat(login(SECRET, "X-Forwarded-For", "203.0.113.8").statusCode()).isEqualTo(303);
  }

  @Test
  void aGatewayThatOthersCouldReachDoesNotStartWithoutAToken() {
    assertThatThrownBy(() -> Gateway.start(open.second(0).withHost("0.0.0.0")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--insecure");
  }

  @Test
  void aClientThatReadsItsWebSocketByTheLibraryIsServed() throws Exception {
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + SECRET)
            .subprotocols("flamingo.v1")
            .buildAsync(
                URI.create("ws://localhost:" + closed.port() + "/v1/live"),
                new WebSocket.Listener() {})
            .get(20, TimeUnit.SECONDS);

    assertThat(socket.getSubprotocol()).isEqualTo("flamingo.v1");
    socket.abort();
  }

  private static String handshake(int port, String... more) throws Exception {
    return new RawHttp(port)
        .send(
            "GET /v1/live HTTP/1.1",
            more[0],
            more[1],
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            WEBSOCKET);
  }

  private HttpResponse<String> login(String token, String header, String value) throws Exception {
    return client.send(
        request("/login")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Origin", "http://localhost:" + closed.port())
            .header(header, value)
            .POST(BodyPublishers.ofString("token=" + token))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path, String header, String value) throws Exception {
    return client.send(request(path).header(header, value).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + closed.port() + path));
  }
}
