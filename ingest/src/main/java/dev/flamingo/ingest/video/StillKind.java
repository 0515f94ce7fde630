package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_BMP;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_NONE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PNG;
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
    boolean recording = bounded && type.startsWith("video/");
    return isMultipart(type) || type.endsWith("/x-motion-jpeg") || (of(head) != NONE && !recording);
  }

  static boolean isMultipart(String type) {
    return type.startsWith("multipart/");
  }
}
