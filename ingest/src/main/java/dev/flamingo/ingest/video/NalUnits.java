package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;

import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.javacpp.BytePointer;

/**
 * Looks at the units that an H.264 or HEVC packet consists of, up to its first slice.
 *
 * @param hevc HEVC, else H.264
 * @param lengthBytes width of the length before every unit, or 0 where start codes part them
 */
record NalUnits(boolean hevc, int lengthBytes) {

  /** What comes before the first slice is short; a longer packet keeps its secret. */
  private static final int LOOKED_AT = 1 << 16;

  /**
   * What a packet is.
   *
   * @param refreshes whether its picture makes the decoder forget all before
   * @param parameterSets whether it carries headers for what follows
   */
  record Look(boolean refreshes, boolean parameterSets) {}

  /**
   * The layout of one stream's packets, by its header.
   *
   * @param codec the codec of the packets; another than the header's comes with start codes
   */
  static NalUnits of(int codec, AVCodecParameters stream) {
    boolean hevc = codec == AV_CODEC_ID_HEVC;
    if (codec != stream.codec_id()) {
      return new NalUnits(hevc, 0);
    }
    int lengthAt = hevc ? 21 : 4;
    BytePointer header = stream.extradata();
    // A header that begins with zeros is a start code itself.
    boolean lengths = stream.extradata_size() > lengthAt && header.get(0) == 1;
    return new NalUnits(hevc, lengths ? (header.get(lengthAt) & 3) + 1 : 0);
  }

  /** Looks at a packet. */
  Look look(AVPacket packet) {
    byte[] data = new byte[Math.min(packet.size(), LOOKED_AT)];
    if (data.length > 0) {
      packet.data().get(data);
    }
    boolean parameterSets = false;
    for (int at = unit(data, 0); at >= 0 && at < data.length; at = next(data, at)) {
      int type = hevc ? (data[at] >> 1) & 0x3f : data[at] & 0x1f;
      if (isSlice(type)) {
        return new Look(isRefresh(type), parameterSets);
      }
      parameterSets |= isParameterSet(type);
    }
    return new Look(/* refreshes= */ false, parameterSets);
  }

  private boolean isSlice(int type) {
    return hevc ? type < 32 : type >= 1 && type <= 5;
  }

  private boolean isRefresh(int type) {
    return hevc ? type == 19 || type == 20 : type == 5;
  }

  private boolean isParameterSet(int type) {
    return hevc ? type >= 32 && type <= 34 : type == 7 || type == 8 || type == 13 || type == 15;
  }

  private int next(byte[] data, int at) {
    return unit(data, lengthBytes == 0 ? at : at + length(data, at - lengthBytes));
  }

  /** The first byte of the unit whose start code or length comes next, or -1. */
  private int unit(byte[] data, int from) {
    if (lengthBytes > 0) {
      return from >= 0 && from + lengthBytes < data.length ? from + lengthBytes : -1;
    }
    for (int i = from; i + 3 < data.length; i++) {
      if (data[i] == 0 && data[i + 1] == 0 && data[i + 2] == 1) {
        return i + 3;
      }
    }
    return -1;
  }

  /** Never negative: what is out of range ends the walk. */
  private int length(byte[] data, int at) {
    long length = 0;
    for (int i = 0; i < lengthBytes; i++) {
      length = (length << 8) | (data[at + i] & 0xff);
    }
    return (int) Math.min(length, LOOKED_AT);
  }
}
