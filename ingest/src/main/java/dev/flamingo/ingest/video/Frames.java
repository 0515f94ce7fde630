package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Allocates the full-range native pictures that the JPEG path works on. */
final class Frames {

  private Frames() {}

  /** A picture with memory of its own; the caller frees it with {@code av_frame_free}. */
  static AVFrame allocate(int width, int height, int pixelFormat) {
    AVFrame frame = av_frame_alloc();
    frame.width(width).height(height).format(pixelFormat).color_range(AVCOL_RANGE_JPEG);
    frame.colorspace(pixelFormat == AV_PIX_FMT_RGB24 ? AVCOL_SPC_RGB : AVCOL_SPC_SMPTE170M);
    int code = av_frame_get_buffer(frame, 0);
    if (code < 0) {
      av_frame_free(frame);
      throw VideoException.of("cannot allocate a picture of " + width + "x" + height, code);
    }
    return frame;
  }
}
