package dev.flamingo.gateway;

import io.vertx.core.MultiMap;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where a browser's request comes from: a page of another site must not speak for its visitor. */
final class Origin {

  private Origin() {}

  /** Returns whether a page of another site sent the request. Programs name no origin. */
  static boolean foreign(MultiMap headers) {
    String origin = headers.get("Origin");
    return origin != null && !same(origin, headers.get("Host"));
  }

  private static boolean same(String origin, @Nullable String host) {
    try {
      return host != null && host.equals(URI.create(origin).getAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
