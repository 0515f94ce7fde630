package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MPEG1VIDEO;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MPEG2VIDEO;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MPEG4;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP8;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP9;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_PROP_INTRA_ONLY;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_NEW_EXTRADATA;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_PALETTE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_get_side_data;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_descriptor_get;

import org.bytedeco.ffmpeg.avcodec.AVCodecDescriptor;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.javacpp.SizeTPointer;
import org.jspecify.annotations.Nullable;

/**
 * Knows, for the codecs of which it is certain, which packets a decoder may begin at, and whether
 * pictures that no other refers to are told apart. A container's word for a keyframe is not enough
 * where there are open groups of pictures and gradual refreshes: for H.264 and HEVC only an
 * instantaneous refresh counts.
 */
final class PacketInspector {

  /** More than the headers in front of a picture. */
  private static final int LOOKED_AT = 4096;

  private final int codec;
  private final boolean intraOnly;
  private final @Nullable NalUnits nalUnits;

  /** Prepares for one stream's packets, which are of that codec. */
  PacketInspector(int codec, AVCodecParameters stream) {
    this.codec = codec;
    AVCodecDescriptor descriptor = avcodec_descriptor_get(codec);
    intraOnly = descriptor != null && (descriptor.props() & AV_CODEC_PROP_INTRA_ONLY) != 0;
    nalUnits =
        codec == AV_CODEC_ID_H264 || codec == AV_CODEC_ID_HEVC ? NalUnits.of(codec, stream) : null;
  }

  /**
   * Whether the decoder, told to leave out what no other picture refers to, leaves out nothing
   * else. HEVC's would: its flag speaks of one temporal layer alone.
   */
  boolean knowsUnreferenced() {
    return switch (codec) {
      case AV_CODEC_ID_H264, AV_CODEC_ID_MPEG1VIDEO, AV_CODEC_ID_MPEG2VIDEO, AV_CODEC_ID_MPEG4 ->
          true;
      default -> false;
    };
  }

  /** Whether a decoder can begin here. */
  EntryPoint entry(AVPacket packet) {
    if (intraOnly) {
      return EntryPoint.CLOSED;
    }
    if ((packet.flags() & AV_PKT_FLAG_KEY) == 0) {
      return EntryPoint.NONE;
    }
    if (nalUnits != null) {
      return nalUnits.look(packet).refreshes() ? EntryPoint.CLOSED : EntryPoint.NONE;
    }
    return switch (codec) {
      case AV_CODEC_ID_VP8, AV_CODEC_ID_VP9, AV_CODEC_ID_AV1 -> EntryPoint.CLOSED;
      case AV_CODEC_ID_MPEG1VIDEO, AV_CODEC_ID_MPEG2VIDEO, AV_CODEC_ID_MPEG4 ->
          isIntra(packet) ? EntryPoint.OPEN : EntryPoint.NONE;
      default -> EntryPoint.NONE;
    };
  }

  /**
   * Whether the picture in a packet of MPEG-1, 2 or 4 refers to no other: RTP calls all keyframes
   * (ISO/IEC 13818-2, 6.3.9; ISO/IEC 14496-2, 6.3.5).
   */
  private boolean isIntra(AVPacket packet) {
    byte[] data = new byte[Math.min(packet.size(), LOOKED_AT)];
    if (data.length > 0) {
      packet.data().get(data);
    }
    boolean mpeg4 = codec == AV_CODEC_ID_MPEG4;
    int start = mpeg4 ? 0xB6 : 0;
    for (int i = 0; i + 5 < data.length; i++) {
      if (data[i] == 0 && data[i + 1] == 0 && data[i + 2] == 1 && (data[i + 3] & 255) == start) {
        return mpeg4 ? (data[i + 4] & 0xC0) == 0 : (data[i + 5] >> 3 & 7) == 1;
      }
    }
    return false;
  }

  /** Whether it carries what later packets may need, whatever their picture refers to. */
  boolean carriesHeaders(AVPacket packet) {
    return hasSideData(packet, AV_PKT_DATA_NEW_EXTRADATA)
        || hasSideData(packet, AV_PKT_DATA_PALETTE)
        || (nalUnits != null && nalUnits.look(packet).parameterSets());
  }

  private static boolean hasSideData(AVPacket packet, int type) {
    return packet.side_data_elems() > 0
        && av_packet_get_side_data(packet, type, (SizeTPointer) null) != null;
  }
}
