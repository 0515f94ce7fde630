package dev.flamingo.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that lets programs and people in. It is compared in constant time, and never shown.
 *
 * <p>A login with it begins a session: an expiry, signed with the token (HMAC-SHA256). So a session
 * outlives a restart, is valid at every gateway with the same token, and ends when the token is
 * changed.
 */
public final class AccessToken {

  private static final Duration SESSION = Duration.ofDays(30);
  private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,1000}");
  private static final Pattern SESSION_FORM = Pattern.compile("(\\d{1,12})\\.[A-Za-z0-9_-]{43}");

  private final byte[] token;

  /**
   * Takes a token; blanks around it are left out.
   *
   * @throws IllegalArgumentException if it is empty, or cannot stand in a header
   */
  public AccessToken(String token) {
    String stripped = token.strip();
    if (!FORM.matcher(stripped).matches()) {
      throw new IllegalArgumentException(
          "the token must have 1 to 1000 visible ASCII characters and no blank");
    }
    this.token = stripped.getBytes(UTF_8);
  }

  /** Returns whether this is the token. */
  boolean matches(String given) {
    return MessageDigest.isEqual(sign("token", token), sign("token", given.getBytes(UTF_8)));
  }

  /** Returns a session that begins now. */
  String session(Instant now) {
    long until = now.plus(SESSION).getEpochSecond();
    return until + "." + signature(until);
  }

  /** Returns whether this is a session that did not expire. */
  boolean isSession(String given, Instant now) {
    var form = SESSION_FORM.matcher(given);
    if (!form.matches()) {
      return false;
    }
    long until = Long.parseLong(form.group(1));
    byte[] right = (until + "." + signature(until)).getBytes(UTF_8);
    return MessageDigest.isEqual(right, given.getBytes(UTF_8)) && now.getEpochSecond() < until;
  }

  /** Returns how long a session lasts. */
  static Duration sessionLength() {
    return SESSION;
  }

  private String signature(long until) {
    byte[] signed = sign("session", Long.toString(until).getBytes(UTF_8));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
  }

  private byte[] sign(String purpose, byte[] what) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(token, "HmacSHA256"));
      mac.update((purpose + ":").getBytes(UTF_8));
      return mac.doFinal(what);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  @Override
  public String toString() {
    return "***";
  }
}
