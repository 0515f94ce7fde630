package dev.flamingo.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoorkeeperTest {

  private final Doorkeeper local = new Doorkeeper("127.0.0.1", Access.local());
  private final Doorkeeper proxied =
      new Doorkeeper(
          "0.0.0.0",
          new Access(
              List.of("cam.example", "other.example:8443"),
              List.of("127.0.0.1", "10.0.0.0/8", "fd00::/8"),
              null,
              true));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:8080",
        "LocalHost:8080",
        "localhost.:8080",
        "127.0.0.1:8080",
        "[::1]:8080",
        "[::1]",
        "192.168.1.5:8080"
      })
  void theNamesOfThisMachineAreServed(String host) {
    local.admit(visit(host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "localhost:8080.evil.example",
        "192.168.1.6:8080",
        "127.0.0.1.nip.io",
        "me@localhost",
        "[::2]",
        "a b",
        "",
      })
  void anyOtherNameGetsNothing(String host) {
    assertThatThrownBy(() -> local.admit(visit(host)))
        .isInstanceOf(HttpError.class)
        .satisfies(error -> assertThat(((HttpError) error).status()).isIn(400, 421));
  }

  @Test
  void theSentenceSaysWhatToDo() {
    assertThatThrownBy(() -> local.admit(visit("evil.example:8080")))
        .hasMessageContaining("--allow-host evil.example");
  }

  @Test
  void aRequestWithoutAHostIsRefused() {
    Visit none = new Visit("/", Authority.of(null), headers(), "127.0.0.1", "127.0.0.1");

    assertThatThrownBy(() -> local.admit(none)).hasMessageContaining("Host");
  }

  @Test
  void allowedHostsAreServedWithTheirPorts() {
    proxied.admit(visit("cam.example"));
    proxied.admit(visit("cam.example:9999"));
    proxied.admit(visit("other.example:8443"));
    assertThatThrownBy(() -> proxied.admit(visit("other.example"))).isInstanceOf(HttpError.class);
  }

  @Test
  void thePageItselfIsServed() {
    local.admit(visit("localhost:8080", "Origin", "http://localhost:8080"));
    local.admit(visit("[::1]:8080", "Origin", "http://[::1]:8080"));
    proxied.admit(visit("cam.example", "Origin", "https://cam.example"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example",
        "http://localhost:8081",
        "http://localhost",
        "http://localhost:8080.evil.example",
        "http://me@localhost:8080",
        "http://localhost:8080/path",
        "http://127.0.0.1:8080",
        "null",
        "",
        "http://[",
      })
  void aPageOfAnotherSiteIsForeign(String origin) {
    assertThatThrownBy(() -> local.admit(visit("localhost:8080", "Origin", origin)))
        .isInstanceOfSatisfying(
            HttpError.class, error -> assertThat(error.code()).isEqualTo("foreign-origin"));
  }

  @Test
  void aProxyThatRewritesTheHostWorksWithAnAllowedName() {
    proxied.admit(visit("127.0.0.1:8080", "Origin", "https://cam.example"));
    proxied.admit(
        visit(
            "127.0.0.1:8080",
            "Origin",
            "https://other.example:8443",
            "X-Forwarded-Host",
            "other.example:8443"));
    assertThatThrownBy(
            () -> proxied.admit(visit("127.0.0.1:8080", "Origin", "https://evil.example")))
        .isInstanceOf(HttpError.class);
  }

  @Test
  void aForwardedHostNeverAdmitsANameThatIsNotAllowed() {
    assertThatThrownBy(
            () -> proxied.admit(visit("evil.example", "X-Forwarded-Host", "cam.example")))
        .isInstanceOf(HttpError.class);
    assertThatThrownBy(() -> proxied.admit(visit("localhost", "X-Forwarded-Host", "evil.example")))
        .isInstanceOf(HttpError.class);
    assertThatThrownBy(
            () ->
                proxied.admit(visit("localhost", "X-Forwarded-Host", "cam.example, evil.example")))
        .isInstanceOf(HttpError.class);
  }

  @Test
  void whoIsNotTrustedIsNotBelieved() {
    Visit visit =
        visit("localhost", "X-Forwarded-Host", "evil.example", "X-Forwarded-For", "1.2.3.4");

    local.admit(visit);

    assertThat(local.client(visit)).isEqualTo("127.0.0.1");
    assertThat(local.isEncrypted(visit("localhost", "X-Forwarded-Proto", "https"))).isFalse();
    assertThat(proxied.isEncrypted(visit("localhost", "X-Forwarded-Proto", "https"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.2.3.4 | 1.2.3.4",
        "9.9.9.9, 1.2.3.4 | 1.2.3.4",
        "9.9.9.9, 1.2.3.4, 10.1.2.3 | 1.2.3.4",
        "1.2.3.4, fd00::1 | 1.2.3.4",
        "10.1.2.3 | 127.0.0.1",
        "nonsense | nonsense",
      })
  void theClientIsTheLastAddressThatIsNoTrustedProxy(String list, String client) {
    assertThat(proxied.client(visit("localhost", "X-Forwarded-For", list))).isEqualTo(client);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://cam.example", "cam example", "*"})
  void anAllowedHostThatIsNoneIsRefused(String name) {
    assertThatThrownBy(
            () -> new Doorkeeper("::1", new Access(List.of(name), List.of(), null, false)))
        .hasMessageContaining(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy.example", "10.0.0.0/x", "", "300.1.1.1"})
  void aTrustedProxyThatIsNoAddressIsRefused(String address) {
    assertThatThrownBy(
            () -> new Doorkeeper("::1", new Access(List.of(), List.of(address), null, false)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Visit visit(String host, String... headers) {
    MultiMap all = headers();
    for (int i = 0; i < headers.length; i += 2) {
      all.add(headers[i], headers[i + 1]);
    }
    return new Visit("/", Authority.of(host), all, "127.0.0.1", "192.168.1.5");
  }

  private static MultiMap headers() {
    return MultiMap.caseInsensitiveMultiMap();
  }
}
