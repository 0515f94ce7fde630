package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;

import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * Fits pictures of any size, format, pixel aspect and orientation into a square: upright, the
 * aspect kept, centred, the rest one colour. The result is what {@link JpegEncoder} takes. Confined
 * to one thread.
 */
final class PictureFitter implements AutoCloseable {

  private static final int PLANES = 3;

  private final int size;
  private final byte[] padding;
  private final AVFrame square;
  private final PlanarConverter converter = new PlanarConverter();
  private @Nullable AVFrame scaled;

  /**
   * Prepares a square.
   *
   * @param size side in pixels, even
   * @param colour fills what the picture leaves free
   */
  PictureFitter(int size, Rgb colour) {
    this.size = size;
    this.padding = yuv(colour);
    this.square = Frames.allocate(size, size, AV_PIX_FMT_YUV420P);
  }

  /** BT.601, full range: what JFIF readers assume. */
  private static byte[] yuv(Rgb c) {
    double y = 0.299 * c.red() + 0.587 * c.green() + 0.114 * c.blue();
    double u = 128 + (c.blue() - y) / 1.772;
    double v = 128 + (c.red() - y) / 1.402;
    return new byte[] {clip(y), clip(u), clip(v)};
  }

  private static byte clip(double value) {
    return (byte) Math.max(0, Math.min(255, Math.round(value)));
  }

  /**
   * Fits one picture.
   *
   * @param picture any decoded picture, with its pixel aspect and display matrix
   * @return the square, valid until the next call; stays this object's
   */
  AVFrame fit(AVFrame picture) {
    AVRational pixel = picture.sample_aspect_ratio();
    double aspect = pixel.num() > 0 && pixel.den() > 0 ? (double) pixel.num() / pixel.den() : 1;
    double shownWidth = picture.width() * aspect;
    double shrink = size / Math.max(shownWidth, picture.height());
    AVFrame small = scaled(even(shownWidth * shrink), even(picture.height() * shrink));
    converter.convert(picture, small);
    VideoException.check("cannot reuse the fitted picture", av_frame_make_writable(square));
    Orientation orientation = Orientation.of(picture);
    for (int plane = 0; plane < PLANES; plane++) {
      place(small, plane, orientation);
    }
    return square;
  }

  /** Even numbers keep the chroma planes, which have half the resolution, in step. */
  private int even(double pixels) {
    return Math.max(2, Math.min(size, 2 * (int) Math.round(pixels / 2)));
  }

  private AVFrame scaled(int width, int height) {
    AVFrame current = scaled;
    if (current != null && current.width() == width && current.height() == height) {
      return current;
    }
    if (current != null) {
      av_frame_free(current);
    }
    AVFrame fresh = Frames.allocate(width, height, AV_PIX_FMT_YUV420P);
    scaled = fresh;
    return fresh;
  }

  private void place(AVFrame small, int plane, Orientation orientation) {
    int shift = plane == 0 ? 0 : 1;
    int width = small.width() >> shift;
    int height = small.height() >> shift;
    int side = size >> shift;
    byte[] from = new byte[width * height];
    BytePointer source = small.data(plane);
    for (int y = 0; y < height; y++) {
      source.position((long) y * small.linesize(plane)).get(from, y * width, width);
    }
    int toWidth = orientation.transposed() ? height : width;
    int toHeight = orientation.transposed() ? width : height;
    int left = margin(toWidth << shift) >> shift;
    int top = margin(toHeight << shift) >> shift;
    byte[] to = new byte[side * side];
    Arrays.fill(to, padding[plane]);
    for (int y = 0; y < toHeight; y++) {
      for (int x = 0; x < toWidth; x++) {
        to[(top + y) * side + left + x] = from[orientation.stored(x, y, width, height)];
      }
    }
    BytePointer target = square.data(plane);
    for (int y = 0; y < side; y++) {
      target.position((long) y * square.linesize(plane)).put(to, y * side, side);
    }
  }

  /** Even, so that it is the same place on every plane. */
  private int margin(int shown) {
    return (size - shown) / 4 * 2;
  }

  @Override
  public void close() {
    AVFrame small = scaled;
    if (small != null) {
      av_frame_free(small);
      scaled = null;
    }
    av_frame_free(square);
    converter.close();
  }
}
