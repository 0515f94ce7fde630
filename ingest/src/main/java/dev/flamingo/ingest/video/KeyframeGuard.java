package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.avutil.AVFrame.AV_FRAME_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP8;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP9;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_PROP_INTRA_ONLY;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_descriptor_get;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_I;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_NONE;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecDescriptor;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Finds pictures that a decoder built on nothing, or on damage. Before the first keyframe most
 * decoders of FFmpeg start from grey without a word, and after a damaged or missing picture all of
 * them go on from what they guessed in its place. Both lasts until the next keyframe; a stream
 * without keyframes is refreshed piece by piece, and is whole after some seconds.
 *
 * <p>Pictures come out in the order in which they are shown; what they were built on is decided in
 * the order in which they are decoded: a picture has the time of its packet.
 */
final class KeyframeGuard {

  /** Longer than any gradual refresh. */
  private static final int WHOLE_AFTER = 300;

  /** So many marked packets in a row are a multiplexer's fault and no damage. */
  private static final int MOST_MARKED = 100;

  /** More pictures than any decoder holds back. */
  private static final int LONGEST_DELAY = 128;

  private static final long NO_TIME = AV_NOPTS_VALUE();

  private final boolean intraOnly;

  /** Whether the decoder itself begins at a keyframe, or a recovery point. */
  private final boolean beginsByItself;

  private boolean rooted;
  private boolean flushed;
  private int pictures;

  /** Places in the order of decoding, by the times of the newest packets. */
  private final Map<Long, Long> places = new LinkedHashMap<>();

  private long newest;

  /** What is decoded behind the first is suspect, until a keyframe behind the last. */
  private long damagedFrom;

  private long damagedTo;
  private int marked;

  /** Guards a decoder that has just been opened. */
  KeyframeGuard(int codec) {
    AVCodecDescriptor descriptor = avcodec_descriptor_get(codec);
    intraOnly = descriptor != null && (descriptor.props() & AV_CODEC_PROP_INTRA_ONLY) != 0;
    beginsByItself =
        switch (codec) {
          case AV_CODEC_ID_H264, AV_CODEC_ID_VP8, AV_CODEC_ID_VP9, AV_CODEC_ID_AV1 -> true;
          default -> false;
        };
    rooted = intraOnly || beginsByItself;
  }

  /** The decoder forgets everything. */
  void flush() {
    rooted = intraOnly || beginsByItself;
    flushed = true;
    pictures = 0;
    damagedFrom = 0;
    damagedTo = 0;
  }

  /** Whether the decoder was made to begin anew, so that pictures without a root are no damage. */
  boolean isFlushed() {
    return flushed;
  }

  /** A packet is decoded; one that is marked as corrupt may have lost its own data or others. */
  void decoding(AVPacket packet) {
    newest++;
    if (packet.pts() != NO_TIME) {
      places.remove(packet.pts());
      places.put(packet.pts(), newest);
      if (places.size() > LONGEST_DELAY) {
        places.remove(places.keySet().iterator().next());
      }
    }
    boolean corrupt = (packet.flags() & AV_PKT_FLAG_CORRUPT) != 0;
    marked = corrupt ? marked + 1 : 0;
    if (corrupt && marked < MOST_MARKED) {
      damagedAfter(newest - 1);
    }
  }

  /** The packet that was decoded last could not be. */
  void undecodable() {
    damagedAfter(newest);
  }

  /** A picture was guessed, and so is what is built on it. */
  void guessed(AVFrame picture) {
    damagedAfter(place(picture));
  }

  private void damagedAfter(long place) {
    if (intraOnly) {
      return;
    }
    if (rooted) {
      rooted = false;
      pictures = 0;
      damagedFrom = place;
    }
    flushed = false;
    damagedTo = place;
  }

  /**
   * Whether the next picture that came out is built on nothing, or on damage. Decoders that say of
   * no picture what it is, as those of screen recordings, begin at the first packet.
   */
  boolean lacksKeyframe(AVFrame picture) {
    boolean key =
        (picture.flags() & AV_FRAME_FLAG_KEY) != 0
            || picture.pict_type() == AV_PICTURE_TYPE_I
            || picture.pict_type() == AV_PICTURE_TYPE_NONE;
    long place = place(picture);
    rooted |= (key && place > damagedTo) || ++pictures > WHOLE_AFTER;
    return !rooted && place > damagedFrom;
  }

  private long place(AVFrame picture) {
    return places.getOrDefault(picture.pts(), newest);
  }
}
