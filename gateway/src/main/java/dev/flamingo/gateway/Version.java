package dev.flamingo.gateway;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * By what a client learns whether its copy of a resource is still right (RFC 9110, section 13).
 *
 * @param tag the entity tag, in quotes
 * @param modified the date of the last modification; null where there is none
 */
record Version(String tag, @Nullable String modified) {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  /** A version without a date. */
  static Version of(String tag) {
    return new Version(tag, null);
  }

  /** A version of an instant, whose year has four digits. */
  static Version of(String tag, Instant modified) {
    return new Version(tag, DATE.format(modified));
  }

  /**
   * Returns whether a client has this version already. Dates count where they are equal: a camera's
   * clock may have been put back.
   */
  boolean isKnownTo(HttpServerRequest request) {
    String tags = request.getHeader("If-None-Match");
    if (tags != null) {
      return tags.strip().equals("*") || tags.contains(tag);
    }
    String date = request.getHeader("If-Modified-Since");
    return modified != null && modified.equals(date);
  }

  void writeTo(HttpServerResponse response) {
    response.putHeader("ETag", tag);
    if (modified != null) {
      response.putHeader("Last-Modified", modified);
    }
  }
}
