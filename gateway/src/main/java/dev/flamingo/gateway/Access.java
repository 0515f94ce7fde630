package dev.flamingo.gateway;

import dev.flamingo.settings.Setting;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may use a gateway.
 *
 * @param allowedHosts names beside those of this machine under which it may be asked, such as
 *     {@code cam.example} or {@code cam.example:8443}
 * @param trustedProxies addresses, or ranges such as {@code 10.0.0.0/8}, whose {@code
 *     X-Forwarded-*} headers are believed
 * @param token what clients must show; null for nothing
 * @param insecure whether it may listen beyond this machine without a token
 */
public record Access(
    @Setting("names under which it may be asked, such as that of a proxy")
        List<String> allowedHosts,
    @Setting("addresses or ranges (10.0.0.0/8) whose X-Forwarded headers are believed")
        List<String> trustedProxies,
    @Nullable AccessToken token,
    @Setting("serves other machines without a token, too") boolean insecure) {

  /** Copies the lists. */
  public Access {
    allowedHosts = List.copyOf(allowedHosts);
    trustedProxies = List.copyOf(trustedProxies);
  }

  /** Returns what fits a gateway that serves this machine alone. */
  public static Access local() {
    return new Access(List.of(), List.of(), null, false);
  }

  /** Returns the same with another token; null for none. */
  public Access withToken(@Nullable AccessToken other) {
    return new Access(allowedHosts, trustedProxies, other, insecure);
  }

  /**
   * Checks that a gateway may listen at an address.
   *
   * @throws IllegalArgumentException if others could reach it without a token, or a host or an
   *     address is none
   */
  public void check(String host) {
    if (token == null && !insecure && !isLoopback(host)) {
      throw new IllegalArgumentException(
          "at %s others can reach the gateway: set FLAMINGO_TOKEN or --token-file, or say --insecure"
              .formatted(host));
    }
    var unused = new Doorkeeper(host, this);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
