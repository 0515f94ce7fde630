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
 * Fits pictures of any size, format, pixel aspect and orientation onto a canvas: upright, centred,
 * the rest one colour. The result is what {@link JpegEncoder} takes. Confined to one thread.
 */
final class PictureFitter implements AutoCloseable {

  private static final int PLANES = 3;

  private final PictureLayout layout;
  private final byte[] padding;
  private final PlanarConverter converter = new PlanarConverter();
  private @Nullable AVFrame canvas;
  private @Nullable AVFrame scaled;

  /**
   * Prepares to fit.
   *
   * @param layout where pictures go
   * @param colour fills what the picture leaves free
   */
  PictureFitter(PictureLayout layout, Rgb colour) {
    this.layout = layout;
    this.padding = yuv(colour);
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
   * @return the canvas, valid until the next call; stays this object's
   */
  AVFrame fit(AVFrame picture) {
    AVRational pixel = picture.sample_aspect_ratio();
    double aspect = pixel.num() > 0 && pixel.den() > 0 ? (double) pixel.num() / pixel.den() : 1;
    Orientation orientation = Orientation.of(picture);
    boolean turned = orientation.transposed();
    double width = picture.width() * aspect;
    double height = picture.height();
    PictureLayout.Place place = turned ? layout.place(height, width) : layout.place(width, height);
    int storedWidth = turned ? place.height() : place.width();
    int storedHeight = turned ? place.width() : place.height();
    canvas = sized(canvas, place.canvasWidth(), place.canvasHeight());
    VideoException.check("cannot reuse the fitted picture", av_frame_make_writable(canvas));
    if (orientation.equals(Orientation.UPRIGHT)
        && storedWidth == canvas.width()
        && storedHeight == canvas.height()) {
      converter.convert(picture, canvas);
      return canvas;
    }
    scaled = sized(scaled, storedWidth, storedHeight);
    converter.convert(picture, scaled);
    for (int plane = 0; plane < PLANES; plane++) {
      copy(scaled, canvas, plane, orientation);
    }
    return canvas;
  }

  private static AVFrame sized(@Nullable AVFrame current, int width, int height) {
    if (current != null && current.width() == width && current.height() == height) {
      return current;
    }
    if (current != null) {
      av_frame_free(current);
    }
    return Frames.allocate(width, height, AV_PIX_FMT_YUV420P);
  }

  private void copy(AVFrame small, AVFrame target, int plane, Orientation orientation) {
    int shift = plane == 0 ? 0 : 1;
    int width = small.width() >> shift;
    int height = small.height() >> shift;
    int toWidth = orientation.transposed() ? height : width;
    int toHeight = orientation.transposed() ? width : height;
    int rowLength = target.width() >> shift;
    int rows = target.height() >> shift;
    int left = margin(target.width(), toWidth << shift) >> shift;
    int top = margin(target.height(), toHeight << shift) >> shift;
    byte[] from = pixels(small, plane, width, height);
    byte[] to = new byte[rowLength * rows];
    Arrays.fill(to, padding[plane]);
    for (int y = Math.max(0, -top); y < Math.min(toHeight, rows - top); y++) {
      for (int x = Math.max(0, -left); x < Math.min(toWidth, rowLength - left); x++) {
        to[(top + y) * rowLength + left + x] = from[orientation.stored(x, y, width, height)];
      }
    }
    BytePointer into = target.data(plane);
    for (int y = 0; y < rows; y++) {
      into.position((long) y * target.linesize(plane)).put(to, y * rowLength, rowLength);
    }
  }

  private static byte[] pixels(AVFrame frame, int plane, int width, int height) {
    byte[] pixels = new byte[width * height];
    BytePointer source = frame.data(plane);
    for (int y = 0; y < height; y++) {
      source.position((long) y * frame.linesize(plane)).get(pixels, y * width, width);
    }
    return pixels;
  }

  /** Even, so that it is the same place on every plane; negative where the picture is larger. */
  private static int margin(int canvas, int shown) {
    return (canvas - shown) / 4 * 2;
  }

  @Override
  public void close() {
    for (AVFrame frame : new AVFrame[] {canvas, scaled}) {
      if (frame != null) {
        av_frame_free(frame);
      }
    }
    canvas = null;
    scaled = null;
    converter.close();
  }
}
