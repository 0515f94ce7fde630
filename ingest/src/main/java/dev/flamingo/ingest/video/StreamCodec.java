package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MPEG1VIDEO;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MPEG2VIDEO;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MPEG4;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_NONE;

import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * Recognises by the headers at the start of a packet which codec wrote it. A container's word
 * cannot be relied on: spliced recordings and playlists go on in another codec under the name of
 * the first. Knows the codecs whose streams consist of units behind start codes.
 */
final class StreamCodec {

  private static final int LOOKED_AT = 1024;
  private static final int SEARCHED = 1 << 20;
  private static final int START_CODE = 3;

  private static final int MPEG_SEQUENCE = 0xb3;
  private static final int MPEG_EXTENSION = 0xb5;
  private static final int MPEG4_SEQUENCE = 0xb0;
  private static final int MPEG4_PICTURE = 0xb6;

  private StreamCodec() {}

  /** Whether a stream of a codec consists of units behind start codes, and not behind lengths. */
  static boolean hasStartCodes(int codec, AVCodecParameters stream) {
    return switch (codec) {
      case AV_CODEC_ID_H264, AV_CODEC_ID_HEVC -> NalUnits.of(codec, stream).lengthBytes() == 0;
      case AV_CODEC_ID_MPEG1VIDEO, AV_CODEC_ID_MPEG2VIDEO, AV_CODEC_ID_MPEG4 -> true;
      default -> false;
    };
  }

  /** Whether one decoder reads both. */
  static boolean areAlike(int one, int other) {
    return one == other || (isMpeg(one) && isMpeg(other));
  }

  private static boolean isMpeg(int codec) {
    return codec == AV_CODEC_ID_MPEG1VIDEO || codec == AV_CODEC_ID_MPEG2VIDEO;
  }

  /** FFmpeg's number of the codec whose headers a packet begins with; none if it has no headers. */
  static int of(AVPacket packet) {
    byte[] data = new byte[Math.min(packet.size(), LOOKED_AT)];
    if (data.length < 8) {
      return AV_CODEC_ID_NONE;
    }
    packet.data().get(data);
    if (data[0] != 0 || data[1] != 0 || (data[2] != 1 && (data[2] != 0 || data[3] != 1))) {
      return AV_CODEC_ID_NONE;
    }
    for (int at = unit(data, 0); at >= 0; at = unit(data, at)) {
      int first = data[at] & 255;
      int second = data[at + 1] & 255;
      int codec = header(data, at, first, second);
      if (codec != AV_CODEC_ID_NONE || !mayPrecedeHeaders(first, second)) {
        return codec;
      }
    }
    return AV_CODEC_ID_NONE;
  }

  /**
   * Where the headers of a codec begin in a packet that may hold the end of another's stream before
   * them: FFmpeg's parser learns of the change late. 0 if there are none.
   */
  static int headersAt(AVPacket packet, int codec) {
    byte[] data = new byte[Math.min(packet.size(), SEARCHED)];
    if (data.length > 0) {
      packet.data().get(data);
    }
    for (int at = unit(data, 0); at >= 0; at = unit(data, at)) {
      if (areAlike(header(data, at, data[at] & 255, data[at + 1] & 255), codec)) {
        return at - START_CODE;
      }
    }
    return 0;
  }

  private static int header(byte[] data, int at, int first, int second) {
    // MPEG-4's groups begin with the same code.
    if (first == MPEG_SEQUENCE && !follows(data, at, MPEG4_PICTURE)) {
      return follows(data, at, MPEG_EXTENSION) ? AV_CODEC_ID_MPEG2VIDEO : AV_CODEC_ID_MPEG1VIDEO;
    }
    if (first == MPEG4_SEQUENCE) {
      return AV_CODEC_ID_MPEG4;
    }
    // HEVC's video parameter set; H.264's sequence parameter set, with a picture's behind it.
    if (first == 0x40 && second == 1) {
      return AV_CODEC_ID_HEVC;
    }
    boolean h264 = (first & 0x9f) == 7 && first != 7 && follows(data, at, (first & 0x60) | 8);
    return h264 ? AV_CODEC_ID_H264 : AV_CODEC_ID_NONE;
  }

  private static boolean follows(byte[] data, int at, int unit) {
    int next = unit(data, at);
    return next >= 0 && (data[next] & 255) == unit;
  }

  /** Delimiters and H.264's and HEVC's supplemental information. */
  private static boolean mayPrecedeHeaders(int first, int second) {
    return first == 9 || first == 6 || (second == 1 && (first == 0x46 || first == 0x4e));
  }

  /** The first byte of the next unit that has two bytes at least, or -1. */
  private static int unit(byte[] data, int from) {
    for (int i = from; i + 4 < data.length; i++) {
      if (data[i] == 0 && data[i + 1] == 0 && data[i + 2] == 1) {
        return i + START_CODE;
      }
    }
    return -1;
  }
}
