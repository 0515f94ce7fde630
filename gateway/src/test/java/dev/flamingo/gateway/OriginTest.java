package dev.flamingo.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {

  @Test
  void aProgramNamesNoOriginAndIsServed() {
    assertThat(Origin.foreign(headers().add("Host", "localhost:8080"))).isFalse();
  }

  @Test
  void thePageItselfIsServed() {
    assertThat(Origin.foreign(from("http://localhost:8080"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example",
        "http://localhost:8081",
        "http://localhost",
        "http://localhost:8080.evil.example",
        "http://me@localhost:8080",
        "null",
        "",
        "http://[",
      })
  void anotherSiteIsForeign(String origin) {
    assertThat(Origin.foreign(from(origin))).isTrue();
  }

  @Test
  void anOriginWithoutAHostToCompareIsForeign() {
    assertThat(Origin.foreign(headers().add("Origin", "http://localhost:8080"))).isTrue();
  }

  private static MultiMap from(String origin) {
    return headers().add("Host", "localhost:8080").add("Origin", origin);
  }

  private static MultiMap headers() {
    return MultiMap.caseInsensitiveMultiMap();
  }
}
