package dev.flamingo.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.util.Optional;
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

  static Visit of(HttpServerRequest request, String path) {
    return new Visit(
        path,
        authority(request.authority()),
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

  private static Optional<Authority> authority(@Nullable HostAndPort authority) {
    return authority == null ? Optional.empty() : Authority.of(authority.toString());
  }

  private static @Nullable String address(@Nullable SocketAddress address) {
    return address == null ? null : address.hostAddress();
  }
}
