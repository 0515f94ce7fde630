package dev.flamingo.gateway;

import dev.flamingo.events.EventInstant;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Optional;

/** Reads instants from the query of a request. */
record QueryInstant(RoutingContext request) {

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
    // A plus sign that was not escaped, as in +02:00, comes as a blank.
    return Optional.of(EventInstant.parse(name, text.replace(' ', '+')));
  }
}
