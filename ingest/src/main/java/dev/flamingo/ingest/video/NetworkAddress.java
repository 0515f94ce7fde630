package dev.flamingo.ingest.video;

import dev.flamingo.events.RedactedUri;
import dev.flamingo.events.SourceScheme;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How FFmpeg opens each kind of network address. Every kind names the protocols that it may reach:
 * nothing that comes over a network leads into this machine's files.
 */
final class NetworkAddress {

  private static final Duration OPEN_WITHIN = Duration.ofSeconds(15);

  /** A sender that calls again every few seconds should find the port open nearly always. */
  private static final Duration LISTEN_WITHIN = Duration.ofSeconds(60);

  /** The socket's own bound comes after the deadline, which distinguishes silence from an error. */
  private static final Duration SOCKET_GRACE = Duration.ofSeconds(2);

  private static final String WEB = "http,https,httpproxy,tcp,tls,crypto,data";

  private static final Pattern TCP_LISTENS = Pattern.compile(".*[?&]listen(=[12])?(&.*)?");
  private static final Pattern RTMP_LISTENS = Pattern.compile("[?&]listen=1$");
  private static final Pattern SRT_LISTENS = Pattern.compile(".*[?&]mode=listener(&.*)?");

  private final SourceUri.Network source;
  private final FrameSourceOptions options;
  private final Map<String, String> settings = new HashMap<>();

  private NetworkAddress(SourceUri.Network source, FrameSourceOptions options) {
    this.source = source;
    this.options = options;
    // Looking at frame rates takes seconds, and the sampler does not care.
    settings.put("fpsprobesize", "0");
    settings.put("analyzeduration", "3000000");
  }

  /** Returns what FFmpeg needs to know for an address. */
  static VideoAddress of(SourceUri.Network source, FrameSourceOptions options) {
    NetworkAddress address = new NetworkAddress(source, options);
    return switch (source.scheme()) {
      case RTSP, RTSPS, RTSPT -> address.rtsp();
      case HTTP, HTTPS -> address.http();
      case RTMP, RTMPS -> address.rtmp();
      case SRT -> address.srt();
      case UDP -> address.udp();
      case RTP -> address.rtp();
      case TCP -> address.tcp();
      case STREET, FILE ->
          throw new IllegalArgumentException(source.scheme().text() + ": is no network address");
    };
  }

  /** Settings of whatever may turn out to be HLS or DASH, where it may reach these protocols. */
  static Map<String, String> playlists(String protocols) {
    return Map.of(
        "protocol_whitelist", protocols,
        // Segments are named .jpg, .php or not at all; the protocols keep files out.
        "extension_picky", "0",
        "allowed_extensions", "ALL",
        "allowed_segment_extensions", "ALL");
  }

  private VideoAddress rtsp() {
    boolean tcpOnly = source.scheme() == SourceScheme.RTSPT;
    settings.put("protocol_whitelist", "rtsp,rtsps,rtp,rtcp,srtp,udp,tcp,tls,crypto,data");
    settings.put("timeout", socketMicros());
    if (tcpOnly) {
      settings.put("rtsp_transport", "tcp");
    } else {
      settings.put("rtsp_flags", "prefer_tcp");
    }
    return live(tcpOnly ? "rtsp:" + source.rest() : source.uri(), OPEN_WITHIN, "");
  }

  private VideoAddress http() {
    settings.putAll(playlists(WEB));
    settings.put("timeout", socketMicros());
    settings.put("rw_timeout", socketMicros());
    return address(source.uri(), VideoAddress.Kind.EITHER, OPEN_WITHIN, "");
  }

  private VideoAddress rtmp() {
    settings.put("protocol_whitelist", "rtmp,rtmps,tcp,tls,crypto,data");
    settings.put("rw_timeout", socketMicros());
    if (!isHostless() && !RTMP_LISTENS.matcher(source.uri()).find()) {
      return live(source.uri(), OPEN_WITHIN, "check application and stream key");
    }
    settings.put("listen", "1");
    return live(
        RTMP_LISTENS.matcher(here()).replaceFirst(""),
        LISTEN_WITHIN,
        "no sender has called yet, or it names another application or stream key");
  }

  private VideoAddress srt() {
    settings.put("protocol_whitelist", "srt");
    if (!isHostless() && !SRT_LISTENS.matcher(source.uri()).matches()) {
      return live(
          source.uri(),
          OPEN_WITHIN,
          "check that a sender listens there and that passphrase and streamid are the right ones");
    }
    settings.put("mode", "listener");
    return live(here(), LISTEN_WITHIN, "no sender has called yet with the right passphrase");
  }

  private VideoAddress udp() {
    settings.put("protocol_whitelist", "udp");
    // What a slow reader misses is lost as in the network, not the end.
    settings.put("overrun_nonfatal", "1");
    return live(here(), OPEN_WITHIN, "");
  }

  private VideoAddress rtp() {
    settings.put("protocol_whitelist", "rtp,srtp,udp,crypto,data");
    return live(
        here(),
        OPEN_WITHIN,
        "only an SDP file tells what a dynamic payload type means: give the sender's .sdp file as"
            + " the source");
  }

  private VideoAddress tcp() {
    settings.put("protocol_whitelist", "tcp");
    settings.put("rw_timeout", socketMicros());
    if (!isHostless() && !TCP_LISTENS.matcher(source.uri()).matches()) {
      return live(source.uri(), OPEN_WITHIN, "");
    }
    settings.put("listen", "1");
    return live(here(), LISTEN_WITHIN, "no sender has called yet");
  }

  /** There is no host to call: it waits for its sender. */
  private boolean isHostless() {
    return source.rest().startsWith("//:") || source.rest().startsWith("//@:");
  }

  /** With an address of this machine, also as VLC writes it: {@code udp://@239.0.0.1:5000}. */
  private String here() {
    String host = source.rest().substring(source.rest().startsWith("//@") ? 3 : 2);
    return source.scheme().text() + "://" + (host.startsWith(":") ? "0.0.0.0" : "") + host;
  }

  private String socketMicros() {
    return Long.toString(options.stallAfter().plus(SOCKET_GRACE).toNanos() / 1000);
  }

  private VideoAddress live(String url, Duration openWithin, String hint) {
    return address(url, VideoAddress.Kind.LIVE, openWithin, hint);
  }

  private VideoAddress address(
      String url, VideoAddress.Kind kind, Duration openWithin, String hint) {
    return new VideoAddress(
        url,
        RedactedUri.of(source.uri()).text(),
        /* format= */ null,
        Map.copyOf(settings),
        kind,
        /* loop= */ false,
        openWithin,
        options.stallAfter(),
        hint,
        options.widest());
  }
}
