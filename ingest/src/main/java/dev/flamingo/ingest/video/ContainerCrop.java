package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_FRAME_CROPPING;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_get;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_CROP_UNALIGNED;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_apply_cropping;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * The edges that a container (Matroska's PixelCrop, MP4's clean aperture) says not to show. What
 * the bitstream itself says has been cut off by the decoder.
 *
 * @param top rows
 * @param bottom rows
 * @param left columns
 * @param right columns
 */
record ContainerCrop(int top, int bottom, int left, int right) {

  private static final ContainerCrop NONE = new ContainerCrop(0, 0, 0, 0);

  /** The crop of a stream. */
  static ContainerCrop of(AVCodecParameters stream) {
    AVPacketSideData data =
        av_packet_side_data_get(
            stream.coded_side_data(), stream.nb_coded_side_data(), AV_PKT_DATA_FRAME_CROPPING);
    if (data == null || data.size() < 4 * Integer.BYTES) {
      return NONE;
    }
    byte[] bytes = new byte[4 * Integer.BYTES];
    data.data().get(bytes);
    var edges = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return new ContainerCrop(edges.getInt(), edges.getInt(), edges.getInt(), edges.getInt());
  }

  /** Cuts the edges off, unless nothing would be left. */
  void apply(AVFrame picture) {
    boolean possible =
        top >= 0
            && bottom >= 0
            && left >= 0
            && right >= 0
            && (long) top + bottom < picture.height()
            && (long) left + right < picture.width();
    if (possible && !equals(NONE)) {
      picture.crop_top(top).crop_bottom(bottom).crop_left(left).crop_right(right);
      VideoException.check(
          "cannot crop a picture", av_frame_apply_cropping(picture, AV_FRAME_CROP_UNALIGNED));
    }
  }
}
