package dev.flamingo.ingest.video;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How FFmpeg opens a file: a video, or a text that leads to one. */
final class FileAddress {

  private static final Duration OPEN_WITHIN = Duration.ofSeconds(15);
  private static final Duration READ_WITHIN = Duration.ofSeconds(60);

  private static final String FILES = "file,crypto,data";
  private static final String FILES_AND_WEB = FILES + ",http,https,httpproxy,tcp,tls";

  private final SourceUri.VideoFile file;
  private final FrameSourceOptions options;

  private FileAddress(SourceUri.VideoFile file, FrameSourceOptions options) {
    this.file = file;
    this.options = options;
  }

  /**
   * Returns what FFmpeg needs to know for a file.
   *
   * @throws VideoException if it is missing or no file, or a list of more than one address
   */
  static VideoAddress of(SourceUri.VideoFile file, FrameSourceOptions options) {
    return new FileAddress(file, options).resolve(/* followed= */ false);
  }

  private VideoAddress resolve(boolean followed) {
    Path path = file.path();
    if (!Files.exists(path)) {
      throw new VideoException("there is no file " + path + "; check the path");
    }
    if (Files.isDirectory(path)) {
      throw new VideoException(path + " is a folder; name a video file in it");
    }
    if (!Files.isReadable(path)) {
      throw new VideoException("the file " + path + " may not be read; check its permissions");
    }
    byte[] head = head(path);
    Optional<MediaList> list = MediaList.of(head);
    if (list.isEmpty()) {
      return address(null, Map.of("protocol_whitelist", FILES), VideoAddress.Kind.RECORDED);
    }
    return switch (list.get().kind()) {
      case HLS -> playlist("hls", head);
      case DASH -> playlist("dash", head);
      // The user could name each of these files as well.
      case CONCAT ->
          address(
              "concat",
              Map.of("protocol_whitelist", FILES, "safe", "0"),
              VideoAddress.Kind.RECORDED);
      case SDP ->
          address(
              "sdp",
              Map.of(
                  "protocol_whitelist", "file,rtp,srtp,udp,crypto,data",
                  "fpsprobesize", "0",
                  "analyzeduration", "3000000"),
              VideoAddress.Kind.LIVE);
      case ADDRESSES -> follow(list.get().only(path.toString()), followed);
    };
  }

  /** Regular files alone: looking into a pipe would take away what it holds. */
  private static byte[] head(Path path) {
    if (!Files.isRegularFile(path)) {
      return new byte[0];
    }
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(MediaList.HEAD_BYTES);
    } catch (IOException e) {
      throw new VideoException("the file " + path + " cannot be read: " + e.getClass().getName());
    }
  }

  /** A playlist that names network addresses is as live as these are. */
  private VideoAddress playlist(String format, byte[] head) {
    boolean web = MediaList.namesNetwork(head);
    return address(
        format,
        NetworkAddress.playlists(web ? FILES_AND_WEB : FILES),
        web ? VideoAddress.Kind.EITHER : VideoAddress.Kind.RECORDED);
  }

  private VideoAddress follow(String entry, boolean followed) {
    if (followed) {
      throw new VideoException(file.path() + " is a list in a list; use the address in it");
    }
    SourceUri next = entry.contains(":/") ? SourceUri.parse(entry) : beside(entry);
    if (next instanceof SourceUri.Network network) {
      return NetworkAddress.of(network, options);
    }
    if (next instanceof SourceUri.VideoFile video) {
      return new FileAddress(video, options).resolve(/* followed= */ true);
    }
    throw new VideoException(file.path() + " names no video; use a video's address as the source");
  }

  private SourceUri beside(String entry) {
    return new SourceUri.VideoFile(file.path().resolveSibling(entry).normalize(), file.loop());
  }

  private VideoAddress address(
      @Nullable String format, Map<String, String> settings, VideoAddress.Kind kind) {
    boolean recorded = kind == VideoAddress.Kind.RECORDED;
    return new VideoAddress(
        "file:" + file.path(),
        file.path().toString(),
        format,
        settings,
        kind,
        file.loop() && recorded,
        OPEN_WITHIN,
        recorded ? READ_WITHIN : options.stallAfter(),
        /* hint= */ "",
        options.widest());
  }
}
