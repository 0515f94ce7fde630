package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT2020;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT2020_CL;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT2020_NCL;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_ICTCP;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_YCGCO;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_ARIB_STD_B67;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_SMPTE2084;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_UNSPECIFIED;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * How a picture's numbers stand for light, by the numbers of ITU-T H.273.
 *
 * @param matrix from red, green and blue to the stored components
 * @param transfer from light to stored values
 * @param primaries what red, green and blue are
 * @param full whether the whole range of values is used
 */
record Colours(int matrix, int transfer, int primaries, boolean full) {

  /** The colours that a picture's tags tell, with what they usually leave out. */
  static Colours of(AVFrame picture) {
    int transfer = picture.color_trc();
    boolean hdr = isHdr(transfer);
    int matrix = picture.colorspace();
    int primaries = picture.color_primaries();
    return new Colours(
        matrix == AVCOL_SPC_UNSPECIFIED && hdr ? AVCOL_SPC_BT2020_NCL : matrix,
        transfer == AVCOL_TRC_UNSPECIFIED ? 1 : transfer,
        primaries != AVCOL_PRI_UNSPECIFIED ? primaries : hdr ? AVCOL_PRI_BT2020 : 1,
        picture.color_range() == AVCOL_RANGE_JPEG || matrix == AVCOL_SPC_RGB);
  }

  /** Whether white may be many times as bright as a sheet of paper. */
  boolean hdr() {
    return isHdr(transfer);
  }

  private static boolean isHdr(int transfer) {
    return transfer == AVCOL_TRC_SMPTE2084 || transfer == AVCOL_TRC_ARIB_STD_B67;
  }

  /** Whether swscale has no conversion for them. */
  boolean special() {
    return hdr()
        || matrix == AVCOL_SPC_YCGCO
        || matrix == AVCOL_SPC_ICTCP
        || matrix == AVCOL_SPC_BT2020_CL;
  }
}
