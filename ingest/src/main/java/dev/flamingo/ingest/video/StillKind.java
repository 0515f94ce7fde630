package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_BMP;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_GIF;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_JPEG2000;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_NONE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PNG;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_TIFF;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_WEBP;

import java.nio.charset.StandardCharsets;

/** The kinds of pictures that a server sends as such. */
enum StillKind {
  /** JPEG. */
  JPEG(AV_CODEC_ID_MJPEG),
  /** PNG. */
  PNG(AV_CODEC_ID_PNG),
  /** WebP. */
  WEBP(AV_CODEC_ID_WEBP),
  /** Windows bitmap. */
  BMP(AV_CODEC_ID_BMP),
  /** GIF of one picture. */
  GIF(AV_CODEC_ID_GIF),
  /** TIFF. */
  TIFF(AV_CODEC_ID_TIFF),
  /** JPEG 2000 in its own file format. */
  JPEG_2000(AV_CODEC_ID_JPEG2000),
  /** None of these. */
  NONE(AV_CODEC_ID_NONE);

  private final int codec;

  StillKind(int codec) {
    this.codec = codec;
  }

  /** FFmpeg's number of its codec. */
  int codec() {
    return codec;
  }

  /** The kind of a picture, by its first bytes. */
  static StillKind of(byte[] head) {
    String start = new String(head, 0, Math.min(head.length, 16), StandardCharsets.ISO_8859_1);
    if (start.startsWith("\u00ff\u00d8\u00ff")) {
      return JPEG;
    }
    if (start.startsWith("\u0089PNG\r\n")) {
      return PNG;
    }
    if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
      return WEBP;
    }
    if (start.startsWith("GIF8")) {
      return isAnimated(head) ? NONE : GIF;
    }
    if (start.startsWith("II*\0") || start.startsWith("MM\0*")) {
      return TIFF;
    }
    if (start.startsWith("\0\0\0\fjP  \r\n")) {
      return JPEG_2000;
    }
    return start.startsWith("BM") && head.length > 14 ? BMP : NONE;
  }

  /**
   * Whether an answer is pictures, by what the server calls it or, where that means little, by its
   * first bytes.
   *
   * @param type the media type, empty if there is none
   * @param bounded whether the server announces an end, so that many pictures are a recording
   */
  static boolean isIn(String type, byte[] head, boolean bounded) {
    StillKind kind = of(head);
    boolean recording = bounded && type.startsWith("video/");
    // What FFmpeg's own programs send live says nothing of more pictures in its head.
    boolean growing = kind == GIF && !bounded;
    boolean still = kind != NONE && !recording && !growing;
    return still || isMultipart(type) || type.endsWith("/x-motion-jpeg");
  }

  /** Whether a GIF announces, behind its colours, that it is to be repeated. */
  private static boolean isAnimated(byte[] gif) {
    String text = new String(gif, 0, Math.min(gif.length, 1 << 10), StandardCharsets.ISO_8859_1);
    return text.contains("NETSCAPE2.0") || text.contains("ANIMEXTS1.0");
  }

  static boolean isMultipart(String type) {
    return type.startsWith("multipart/");
  }
}
