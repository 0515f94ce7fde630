package dev.flamingo.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Admits requests by the host they name and the page they come from. A name that is not on the list
 * gets nothing: it may be another's that resolves to this machine (DNS rebinding), so that its
 * pages would be read as our own.
 */
final class Doorkeeper {

  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "::1");

  private final List<Authority> named;
  private final Set<String> own;
  private final List<AddressRange> proxies;

  /**
   * Keeps a gateway's door.
   *
   * @param host where it listens
   * @throws IllegalArgumentException if a host or an address of the access is none
   */
  Doorkeeper(String host, Access access) {
    named = new ArrayList<>();
    for (String name : access.allowedHosts()) {
      named.add(
          Authority.of(name)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "an allowed host is a name such as cam.example, not " + name)));
    }
    own = Set.of(host.toLowerCase(Locale.ROOT));
    proxies = access.trustedProxies().stream().map(AddressRange::new).toList();
  }

  /**
   * Lets a request pass, or does not.
   *
   * @throws HttpError if it names no host, one that is not allowed, or comes from a page of another
   *     site
   */
  void admit(Visit visit) {
    Authority host =
        visit
            .host()
            .orElseThrow(
                () ->
                    new HttpError(
                        400, "bad-request", "the header Host is missing or is no host: name one"));
    require(host, visit);
    // The host as the browser knows it: both are checked, since who connects from a trusted address
    // may yet be a browser.
    Optional<Authority> forwarded = forwarded(visit, "X-Forwarded-Host").flatMap(Authority::of);
    forwarded.ifPresent(name -> require(name, visit));
    String origin = visit.headers().get("Origin");
    if (origin != null && !isOwn(origin, forwarded.orElse(host))) {
      throw new HttpError(
          403,
          "foreign-origin",
          "a page of another site cannot ask this: start the gateway with --allow-host HOST if it is"
              + " yours");
    }
  }

  private void require(Authority host, Visit visit) {
    boolean allowed =
        LOCAL.contains(host.host())
            || own.contains(host.host())
            // An address cannot be rebound.
            || host.host().equals(visit.to())
            || named.stream().anyMatch(host::isCoveredBy);
    if (!allowed) {
      throw new HttpError(
          421,
          "unknown-host",
          "this gateway does not serve the host %1$s: start it with --allow-host %1$s if it is yours"
              .formatted(host.host()));
    }
  }

  private boolean isOwn(String origin, Authority host) {
    Optional<Authority> page = Authority.ofOrigin(origin);
    return page.isPresent()
        && (page.get().equals(host) || named.stream().anyMatch(page.get()::isCoveredBy));
  }

  /** Returns the address of the client, behind the trusted proxies. */
  String client(Visit visit) {
    List<String> hops =
        forwarded(visit, "X-Forwarded-For").stream()
            .flatMap(list -> Stream.of(list.split(",")))
            .map(String::strip)
            .toList();
    for (int i = hops.size() - 1; i >= 0; i--) {
      if (!isTrusted(hops.get(i))) {
        return hops.get(i);
      }
    }
    return String.valueOf(visit.from());
  }

  /** Returns whether the browser's connection is encrypted, by a trusted proxy's header. */
  boolean isEncrypted(Visit visit) {
    return forwarded(visit, "X-Forwarded-Proto").filter("https"::equalsIgnoreCase).isPresent();
  }

  private Optional<String> forwarded(Visit visit, String header) {
    // Each proxy adds at the end; only the nearest one is known to be trusted.
    List<String> values = visit.headers().getAll(header);
    if (values.isEmpty() || !isTrusted(visit.from())) {
      return Optional.empty();
    }
    String all = String.join(",", values);
    boolean last = !header.equals("X-Forwarded-For");
    return Optional.of(last ? all.substring(all.lastIndexOf(',') + 1).strip() : all);
  }

  private boolean isTrusted(@Nullable String address) {
    return proxies.stream().anyMatch(range -> range.contains(address));
  }
}
