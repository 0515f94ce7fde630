package dev.flamingo.gateway;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An address, or a range of addresses in CIDR notation. */
final class AddressRange {

  private static final Pattern LITERAL = Pattern.compile("[0-9A-Fa-f:.%]+");

  private final InetAddress first;
  private final int prefix;

  /**
   * Reads a range.
   *
   * @throws IllegalArgumentException if it is none
   */
  AddressRange(String text) {
    String[] parts = text.strip().split("/", 2);
    InetAddress address = literal(parts[0]);
    if (address == null || (parts.length > 1 && !parts[1].matches("\\d{1,3}"))) {
      throw new IllegalArgumentException(
          "a trusted proxy is an address such as 127.0.0.1 or a range such as 10.0.0.0/8, not "
              + text);
    }
    int bits = 8 * address.getAddress().length;
    first = address;
    prefix = parts.length > 1 ? Math.min(bits, Integer.parseInt(parts[1])) : bits;
  }

  boolean contains(@Nullable String address) {
    InetAddress other = address == null ? null : literal(address);
    if (other == null || other.getAddress().length != first.getAddress().length) {
      return false;
    }
    int shift = 8 * first.getAddress().length - prefix;
    BigInteger difference = number(first).xor(number(other));
    return difference.shiftRight(shift).signum() == 0;
  }

  private static BigInteger number(InetAddress address) {
    return new BigInteger(1, address.getAddress());
  }

  // Names are left alone: they would be looked up.
  private static @Nullable InetAddress literal(String text) {
    try {
      return LITERAL.matcher(text).matches() ? InetAddress.getByName(text) : null;
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
