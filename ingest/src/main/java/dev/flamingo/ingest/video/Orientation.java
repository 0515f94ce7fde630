package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_side_data;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.javacpp.IntPointer;

/**
 * How a stored picture has to be turned and mirrored to be upright. FFmpeg attaches it to each
 * decoded picture as a display matrix, whether it stands in the container (phones), in the
 * bitstream (H.264's and HEVC's display orientation) or in a JPEG's EXIF data.
 *
 * @param transposed whether rows become columns, before the flips
 * @param flipX whether left and right are exchanged in the upright picture
 * @param flipY whether top and bottom are exchanged in the upright picture
 */
record Orientation(boolean transposed, boolean flipX, boolean flipY) {

  /** As it is stored. */
  static final Orientation UPRIGHT = new Orientation(false, false, false);

  private static final int MATRIX_BYTES = 9 * Integer.BYTES;

  /** The orientation that a decoded picture carries. */
  static Orientation of(AVFrame picture) {
    AVFrameSideData matrix = av_frame_get_side_data(picture, AV_FRAME_DATA_DISPLAYMATRIX);
    if (matrix == null || matrix.size() < MATRIX_BYTES) {
      return UPRIGHT;
    }
    IntPointer entries = new IntPointer(matrix.data());
    return of(entries.get(0), entries.get(1), entries.get(3), entries.get(4));
  }

  /** The nearest orientation of right angles to a matrix by which x' = ax + cy and y' = bx + dy. */
  static Orientation of(int a, int b, int c, int d) {
    long straight = Math.abs((long) a) + Math.abs((long) d);
    long crossed = Math.abs((long) b) + Math.abs((long) c);
    return crossed > straight
        ? new Orientation(true, c < 0, b < 0)
        : new Orientation(false, a < 0, d < 0);
  }

  /** Where the upright picture's (x, y) lies in the stored one, row by row. */
  int stored(int x, int y, int storedWidth, int storedHeight) {
    int width = transposed ? storedHeight : storedWidth;
    int height = transposed ? storedWidth : storedHeight;
    int column = flipX ? width - 1 - x : x;
    int row = flipY ? height - 1 - y : y;
    return transposed ? column * storedWidth + row : row * storedWidth + column;
  }
}
