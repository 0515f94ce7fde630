package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.avutil.AVFrame.AV_FRAME_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_side_data;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_new_side_data;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the display orientation of a bitstream: an H.264 or HEVC stream gives it once for a group
 * of pictures (H.264, D.2.27) or once for all, and FFmpeg attaches it to that one picture. A stream
 * that repeats it with its keyframes is upright again where a keyframe has none. Confined to one
 * thread.
 */
final class LastingOrientation {

  private byte @Nullable [] matrix;
  private boolean repeated;

  /** Attaches to a picture that has no orientation of its own what those before it had. */
  void complete(AVFrame picture) {
    boolean key = (picture.flags() & AV_FRAME_FLAG_KEY) != 0;
    AVFrameSideData own = av_frame_get_side_data(picture, AV_FRAME_DATA_DISPLAYMATRIX);
    if (own != null) {
      repeated |= key && matrix != null;
      byte[] bytes = new byte[(int) own.size()];
      own.data().get(bytes);
      matrix = bytes;
      return;
    }
    if (key && repeated) {
      matrix = null;
    }
    byte[] lasting = matrix;
    if (lasting == null) {
      return;
    }
    AVFrameSideData added =
        av_frame_new_side_data(picture, AV_FRAME_DATA_DISPLAYMATRIX, lasting.length);
    if (added != null) {
      added.data().put(lasting);
    }
  }
}
