package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.avutil.AVFrame.AV_FRAME_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP8;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP9;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_PROP_INTRA_ONLY;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_descriptor_get;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_I;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_NONE;

import org.bytedeco.ffmpeg.avcodec.AVCodecDescriptor;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Finds pictures that a decoder built on nothing: before the first keyframe most decoders of FFmpeg
 * start from grey without a word. A stream without keyframes is refreshed piece by piece, and is
 * whole after some seconds.
 */
final class KeyframeGuard {

  /** Longer than any gradual refresh. */
  private static final int WHOLE_AFTER = 300;

  private final boolean needed;
  private boolean rooted;
  private boolean flushed;
  private int pictures;

  /** Guards a decoder that has just been opened. */
  KeyframeGuard(int codec) {
    AVCodecDescriptor descriptor = avcodec_descriptor_get(codec);
    boolean intraOnly = descriptor != null && (descriptor.props() & AV_CODEC_PROP_INTRA_ONLY) != 0;
    needed =
        !intraOnly
            && switch (codec) {
              // These begin at a keyframe, or a recovery point, by themselves.
              case AV_CODEC_ID_H264, AV_CODEC_ID_VP8, AV_CODEC_ID_VP9, AV_CODEC_ID_AV1 -> false;
              default -> true;
            };
  }

  /** The decoder forgets everything. */
  void flush() {
    rooted = false;
    flushed = true;
    pictures = 0;
  }

  /** Whether the decoder was made to begin anew, so that pictures without a root are no damage. */
  boolean isFlushed() {
    return flushed;
  }

  /**
   * Whether no keyframe lies under the next picture that came out. Decoders that say of no picture
   * what it is, as those of screen recordings, begin at the first packet.
   */
  boolean lacksKeyframe(AVFrame picture) {
    boolean key =
        (picture.flags() & AV_FRAME_FLAG_KEY) != 0
            || picture.pict_type() == AV_PICTURE_TYPE_I
            || picture.pict_type() == AV_PICTURE_TYPE_NONE;
    rooted |= key || ++pictures > WHOLE_AFTER;
    return needed && !rooted;
  }
}
