package dev.flamingo.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatekeeperTest {

  private static final String SECRET = "correct-horse-battery";

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-05-01T12:00:00Z"));
  private final AccessToken token = new AccessToken(SECRET + "\n");
  private final Gatekeeper keeper = new Gatekeeper(token, now::get);

  @Test
  void theTokenLetsIn() {
    keeper.admit(visit("Authorization", "Bearer " + SECRET), "1.2.3.4");
    keeper.admit(visit("Authorization", "bearer  " + SECRET), "1.2.3.4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Bearer", "Bearer wrong", "Bearer correct-horse-batter", "Basic dXNlcjpwdw=="})
  void anythingElseDoesNot(String authorization) {
    refused(visit("Authorization", authorization), 401);
  }

  @Test
  void nothingIsAskedForWhereThereIsNoToken() {
    new Gatekeeper(null, now::get).admit(visit("X", "y"), "1.2.3.4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health/live", "/health/ready", "/login", "/login.css", "/logout"})
  void healthAndTheFormAreOpen(String path) {
    keeper.admit(visit(path, MultiMap.caseInsensitiveMultiMap()), "1.2.3.4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/metrics", "/v1/streams", "/v1/live", "/health", "/login/", "/app.js"})
  void allElseIsNot(String path) {
    refused(visit(path, MultiMap.caseInsensitiveMultiMap()), 401);
  }

  @Test
  void aSessionLetsInUntilItExpires() {
    String session = keeper.login(SECRET, "1.2.3.4").orElseThrow();
    Visit visit = visit("Cookie", "other=1; flamingo-session=" + session + "; more=2");
    keeper.admit(visit, "1.2.3.4");

    now.updateAndGet(time -> time.plus(Duration.ofDays(30)));

    refused(visit, 401);
  }

  @Test
  void aSessionIsValidAfterARestartAndNotUnderAnotherToken() {
    String session = keeper.login(SECRET, "1.2.3.4").orElseThrow();
    Visit visit = visit("Cookie", "flamingo-session=" + session);

    new Gatekeeper(new AccessToken(SECRET), now::get).admit(visit, "1.2.3.4");
    Gatekeeper other = new Gatekeeper(new AccessToken("another"), now::get);
    assertThatThrownBy(() -> other.admit(visit, "1.2.3.4")).isInstanceOf(HttpError.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "99999999999.",
        "99999999999.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void aSessionThatIsMadeUpDoesNotLetIn(String session) {
    refused(visit("Cookie", "flamingo-session=" + session), 401);
  }

  @Test
  void aSessionCannotBeProlonged() {
    String session = keeper.login(SECRET, "1.2.3.4").orElseThrow();
    String longer = "9" + session;

    refused(visit("Cookie", "flamingo-session=" + longer), 401);
  }

  @Test
  void guessingIsLimitedByAddressForAMinute() {
    for (int i = 0; i < 10; i++) {
      assertThat(keeper.login("guess-" + i, "1.2.3.4")).isEmpty();
    }
    assertThatThrownBy(() -> keeper.login(SECRET, "1.2.3.4"))
        .isInstanceOfSatisfying(
            HttpError.class, error -> assertThat(error.status()).isEqualTo(429));
    assertThat(keeper.login(SECRET, "5.6.7.8")).isPresent();

    now.updateAndGet(time -> time.plusSeconds(61));

    assertThat(keeper.login(SECRET, "1.2.3.4")).isPresent();
  }

  @Test
  void guessingOfBearerTokensIsLimitedToo() {
    for (int i = 0; i < 100; i++) {
      refused(visit("Authorization", "Bearer guess-" + i), 401);
    }

    refused(visit("Authorization", "Bearer " + SECRET), 429);
  }

  @Test
  void theTokenIsNeverShown() {
    Access access = new Access(List.of(), List.of(), token, false);

    assertThat(token.toString() + access).doesNotContain(SECRET);
    assertThatThrownBy(() -> new AccessToken("two words"))
        .hasMessageNotContaining("two words")
        .hasMessageContaining("visible ASCII");
    assertThatThrownBy(() -> new AccessToken(" \n")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "192.168.1.5", "::"})
  void whoCanBeReachedByOthersNeedsATokenOrSaysThatItNeedsNone(String host) {
    assertThatThrownBy(() -> Access.local().check(host))
        .hasMessageContaining("FLAMINGO_TOKEN")
        .hasMessageContaining("--insecure");
    new Access(List.of(), List.of(), token, false).check(host);
    new Access(List.of(), List.of(), null, true).check(host);
    Access.local().check("127.0.0.1");
    Access.local().check("localhost");
    Access.local().check("::1");
  }

  private void refused(Visit visit, int status) {
    assertThatThrownBy(() -> keeper.admit(visit, "1.2.3.4"))
        .isInstanceOfSatisfying(
            HttpError.class, error -> assertThat(error.status()).isEqualTo(status));
  }

  private static Visit visit(String header, String value) {
    return visit("/v1/streams", MultiMap.caseInsensitiveMultiMap().add(header, value));
  }

  private static Visit visit(String path, MultiMap headers) {
    return new Visit(path, Authority.of("localhost"), headers, "127.0.0.1", "127.0.0.1");
  }
}
