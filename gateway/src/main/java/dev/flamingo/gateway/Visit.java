package dev.flamingo.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The headers and peer of a request, be it HTTP or the handshake of a WebSocket.
 *
 * @param path the path that is asked
 * @param host the header {@code Host}, if it is there and well formed
 * @param headers all headers
 * @param from the address that connected
 * @param to the address it connected to
 */
record Visit(
    String path,
    Optional<Authority> host,
    MultiMap headers,
    @Nullable String from,
    @Nullable String to) {

  private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://([^/?#]*)");

  static Visit of(HttpServerRequest request, String path) {
    return new Visit(
        path,
        request.headers().getAll(HttpHeaders.HOST).size() > 1
            ? Optional.empty()
            : target(request.uri()).or(() -> authority(request.authority())),
        request.headers(),
        address(request.remoteAddress()),
        address(request.localAddress()));
  }

  static Visit of(ServerWebSocketHandshake handshake) {
    return new Visit(
        handshake.path(),
        authority(handshake.authority()),
        handshake.headers(),
        address(handshake.remoteAddress()),
        address(handshake.localAddress()));
  }

  /**
   * Returns the host of a target such as {@code http://cam.example/}: it goes before the header.
   */
  private static Optional<Authority> target(String target) {
    Matcher absolute = ABSOLUTE.matcher(target);
    return absolute.lookingAt() ? Authority.of(absolute.group(1)) : Optional.empty();
  }

  private static Optional<Authority> authority(@Nullable HostAndPort authority) {
    return authority == null ? Optional.empty() : Authority.of(authority.toString());
  }

  private static @Nullable String address(@Nullable SocketAddress address) {
    return address == null ? null : address.hostAddress();
  }
}
