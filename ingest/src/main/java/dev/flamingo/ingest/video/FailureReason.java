package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_FORBIDDEN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_UNAUTHORIZED;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EIO;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why an address cannot be opened or read, in words that help its owner. FFmpeg's codes say little
 * (an unknown host and a circle of redirections are both an "input/output error"), its log says the
 * rest.
 *
 * @param address what is opened
 * @param log what FFmpeg logged since it was opened
 */
record FailureReason(VideoAddress address, NativeLog log) {

  private static final Pattern STATUS =
      Pattern.compile("(?:HTTP error|method [A-Z_]+ failed:) (\\d{3})");
  private static final Pattern FORBIDDEN_PROTOCOL =
      Pattern.compile("Protocol '([a-z0-9+.-]+)' not on whitelist");

  /** OpenSSL's reason; an early end is the other side that hangs up. */
  private static final Pattern TLS =
      Pattern.compile("SSL routines::(?!unexpected eof)([a-z0-9 ]+)");

  /** Why opening failed. */
  VideoException opening(int code) {
    String name = address.name();
    if (log.contains("Port missing in uri") || (isTorn() && log.contains("hostname"))) {
      return new VideoException(unescaped());
    }
    if (log.contains("bind failed")) {
      // FFmpeg's code is that of something else.
      return new VideoException(
          "cannot open %s: another stream or program has its port, or the address is none of this machine's"
              .formatted(name));
    }
    if (log.contains("IP_ADD_MEMBERSHIP")) {
      return new VideoException(
          "cannot join the multicast group of %s: check localaddr and this machine's routes"
              .formatted(name));
    }
    if (log.contains("SRTO_PASSPHRASE")) {
      return new VideoException(
          "cannot open %s: a passphrase of SRT has 10 to 79 signs".formatted(name));
    }
    if (log.contains("Failed to resolve hostname") || log.contains("getaddrinfo(")) {
      return new VideoException(
          "cannot open %s: its host is unknown; check the name, and that this machine's DNS knows it"
              .formatted(name));
    }
    Optional<String> tls = log.find(TLS);
    if (tls.isPresent()) {
      return new VideoException(
          "cannot open %s: it offers no TLS that is known here (%s); try %s"
              .formatted(
                  name, tls.get(), address.url().startsWith("http") ? "http://" : "rtsp://"));
    }
    Optional<String> status = log.find(STATUS);
    if (code == AVERROR_HTTP_UNAUTHORIZED || code == AVERROR_HTTP_FORBIDDEN) {
      return new VideoLoginException(login(status.orElse("401")));
    }
    if (status.isPresent()) {
      return new VideoException(refused(status.get()));
    }
    if (isSilence(code)) {
      return new VideoStalledException(silence() + hint());
    }
    if (log.contains("Failed reading RTSP data") || isHangUp(code)) {
      return new VideoException(
          "cannot open %s: the connection was closed without an answer; check address and port, and whether the camera takes another viewer"
              .formatted(name));
    }
    Optional<String> protocol = log.find(FORBIDDEN_PROTOCOL);
    if (protocol.isPresent()) {
      return new VideoException(
          "cannot open %s: it leads to a %s: address, which is not followed from there"
              .formatted(name, protocol.get()));
    }
    boolean web = address.url().startsWith("http");
    if (code == AVERROR_EIO() && web && log.isEmpty()) {
      return new VideoException("cannot open %s: it is redirected again and again".formatted(name));
    }
    // The latter is a body without a length that is shorter than what probing reads.
    boolean unknown = code == AVERROR_INVALIDDATA() || code == AVERROR_EIO();
    String why =
        web && unknown
            ? "what it sends is no video that is known here; open the address in a browser to see what it is"
            : VideoException.describe(code);
    return new VideoException("cannot open %s: %s%s".formatted(name, why, hint()));
  }

  private String hint() {
    return address.hint().isEmpty() ? "" : "; " + address.hint();
  }

  /**
   * Why reading failed.
   *
   * @param what failed, as a verb in front of the address
   * @param code FFmpeg's
   * @param somethingCame whether data came since the last picture
   */
  VideoException reading(String what, int code, boolean somethingCame) {
    if (code == AVERROR_HTTP_UNAUTHORIZED || code == AVERROR_HTTP_FORBIDDEN) {
      return new VideoLoginException(login(log.find(STATUS).orElse("401")));
    }
    if (code == AVERROR_EIO() && log.contains("Stream ends prematurely")) {
      return new VideoException(
          "lost %s: it ended before the length that it had announced".formatted(address.name()));
    }
    if (!isSilence(code)) {
      return VideoException.of(what + " " + address.name(), code);
    }
    long seconds = address.readWithin().toSeconds();
    return new VideoStalledException(
        somethingCame
            ? "data comes from %s, but for %d s no picture".formatted(address.name(), seconds)
            : "nothing came from %s for %d s".formatted(address.name(), seconds));
  }

  /** Whether a code is what silence ends in: the deadline, or the socket's own bound. */
  private boolean isSilence(int code) {
    return code == AVERROR_EXIT()
        || VideoException.describe(code).contains("timed out")
        || (code == AVERROR_INVALIDDATA() && log.contains("timed out"));
  }

  private static boolean isHangUp(int code) {
    return code == AVERROR_EOF() || VideoException.describe(code).contains("reset by peer");
  }

  private String silence() {
    String name = address.name();
    if (log.contains("Error reading HTTP response") || log.contains("Failed reading RTSP data")) {
      return "%s takes the connection but does not answer".formatted(name);
    }
    if (log.contains("Connection to ")) {
      return "no answer from the host of %s; check that it is switched on and can be reached"
          .formatted(name);
    }
    return "no video came from %s within %d s".formatted(name, address.openWithin().toSeconds());
  }

  private String refused(String status) {
    String name = address.name();
    return switch (status) {
      case "404" ->
          "cannot open %s: there is no such path at that host (404); check it".formatted(name);
      case "429", "453" ->
          "cannot open %s: the camera has too many viewers or requests (%s)"
              .formatted(name, status);
      default ->
          "cannot open %s: %s answers with error %s"
              .formatted(name, status.startsWith("5") ? "the server" : "it", status);
    };
  }

  private String login(String status) {
    String name = address.name();
    if (status.equals("403")) {
      return "%s refuses access (403): this user may not see it, or the account is locked"
          .formatted(name);
    }
    return hasUser()
        ? "the user or the password of %s is wrong (401); write %%40 for @, %%2F for /, %%23 for # and %%3F for ? in a password"
            .formatted(name)
        : "%s wants a user and a password (401): write them as USER:PASSWORD@ in front of its host"
            .formatted(name);
  }

  private boolean hasUser() {
    try {
      return URI.create(address.url()).getRawUserInfo() != null;
    } catch (IllegalArgumentException e) {
      return address.url().contains("@");
    }
  }

  /** Whether a password's sign ends the host before its time. */
  private boolean isTorn() {
    return address.url().matches("[^:]+://[^/?#]*[/?#].*@.*");
  }

  private String unescaped() {
    String name = address.name();
    return isTorn()
        ? "the address %s cannot be read: in its password write %%40 for @, %%2F for /, %%23 for # and %%3F for ?"
            .formatted(name)
        : "the address %s names no port after its colon".formatted(name);
  }
}
