package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_READ;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open2;
import static org.bytedeco.ffmpeg.global.avformat.avio_read_partial;
import static org.bytedeco.ffmpeg.global.avformat.avio_seek;
import static org.bytedeco.ffmpeg.global.avformat.avio_size;
import static org.bytedeco.ffmpeg.global.avutil.AV_OPT_SEARCH_CHILDREN;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_get;

import java.util.Arrays;
import java.util.Locale;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * What a server sends for one request, as bytes. FFmpeg's protocols do the work: logins, redirects,
 * TLS, and the bounds of the deadline are the same as for every other source.
 */
final class ServerAnswer implements AutoCloseable {

  private final AVIOContext io;
  private final String url;

  private ServerAnswer(AVIOContext io, String url) {
    this.io = io;
    this.url = url;
  }

  /** Thrown where a server refuses or cannot be reached, with FFmpeg's code. */
  static final class Refused extends Exception {

    private static final long serialVersionUID = 1L;
    private final int code;

    Refused(int code) {
      super("ffmpeg's code " + code);
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  /**
   * Sends a request and waits for the answer's head.
   *
   * @param deadline bounds this and all reading
   */
  static ServerAnswer to(VideoAddress address, AVIOInterruptCB deadline) throws Refused {
    AVIOContext io = new AVIOContext(null);
    AVDictionary options = new AVDictionary(null);
    address.options().forEach((key, value) -> av_dict_set(options, key, value, 0));
    int code = avio_open2(io, address.url(), AVIO_FLAG_READ, deadline, options);
    av_dict_free(options);
    if (code < 0) {
      throw new Refused(code);
    }
    return new ServerAnswer(io, address.url());
  }

  /** The media type in lower case without parameters; empty if the server names none. */
  String type() {
    String type = option("mime_type");
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  /** The address that answered in the end, redirects followed. */
  String location() {
    String location = option("location");
    return location.isEmpty() ? url : location;
  }

  /** Cookies that the server has set, in FFmpeg's notation; secret. */
  String cookies() {
    return option("cookies");
  }

  private String option(String name) {
    try (PointerPointer<BytePointer> out = new PointerPointer<>(1)) {
      if (av_opt_get(io, new BytePointer(name), AV_OPT_SEARCH_CHILDREN, out) < 0) {
        return "";
      }
      BytePointer value = out.get(BytePointer.class, 0);
      if (value == null) {
        return "";
      }
      String text = value.getString();
      av_free(value);
      return text;
    }
  }

  /** Whether the server announces an end; those of endless bodies announce an absurd one. */
  boolean bounded() {
    long size = avio_size(io);
    return size > 0 && size < Integer.MAX_VALUE;
  }

  /**
   * Waits for the next bytes.
   *
   * @return how many, or one of FFmpeg's codes
   */
  int read(byte[] into) {
    return avio_read_partial(io, into, into.length);
  }

  /** The first bytes that come, one at least; they are read again. Call before anything else. */
  byte[] head(int most) {
    byte[] first = new byte[most];
    int count = read(first);
    avio_seek(io, 0, 0);
    return Arrays.copyOf(first, Math.max(0, count));
  }

  /** The connection itself, which stays this object's. */
  AVIOContext io() {
    return io;
  }

  @Override
  public void close() {
    avio_closep(io);
  }
}
