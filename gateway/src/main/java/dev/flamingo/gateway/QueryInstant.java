package dev.flamingo.gateway;

import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Reads instants from the query of a request. */
record QueryInstant(RoutingContext request) {

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  /**
   * Reads one.
   *
   * @return nothing if the query does not have it
   * @throws IllegalArgumentException if it is none, or beyond what can be counted
   */
  Optional<Instant> read(String name) {
    String text = request.request().getParam(name);
    if (text == null) {
      return Optional.empty();
    }
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      if (!instant.isBefore(Instant.EPOCH) && !instant.isAfter(LATEST)) {
        return Optional.of(instant);
      }
    } catch (DateTimeException e) {
      // The same sentence serves.
    }
    throw new IllegalArgumentException(
        "%s must be an instant from 1970 to 9999 with Z or an offset, such as 2026-01-01T00:00:00Z"
            .formatted(name));
  }
}
