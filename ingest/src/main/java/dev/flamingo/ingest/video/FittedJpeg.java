package dev.flamingo.ingest.video;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** Turns decoded pictures into JPEG files of one layout. Confined to one thread. */
final class FittedJpeg implements AutoCloseable {

  private final PictureFitter fitter;
  private final int quality;
  private @Nullable JpegEncoder encoder;

  /**
   * Prepares to encode.
   *
   * @param colour fills what the layout leaves free
   * @param quality 1 to 100
   */
  FittedJpeg(PictureLayout layout, Rgb colour, int quality) {
    this.fitter = new PictureFitter(layout, colour);
    this.quality = quality;
  }

  /** Encodes one picture, which stays the caller's. */
  Jpeg encode(AVFrame picture) {
    AVFrame fitted = fitter.fit(picture);
    JpegEncoder ready = encoder(fitted.width(), fitted.height());
    return new Jpeg(fitted.width(), fitted.height(), ready.encode(fitted));
  }

  private JpegEncoder encoder(int width, int height) {
    JpegEncoder current = encoder;
    if (current != null && current.width() == width && current.height() == height) {
      return current;
    }
    if (current != null) {
      current.close();
      encoder = null;
    }
    JpegEncoder fresh = new JpegEncoder(width, height, quality);
    encoder = fresh;
    return fresh;
  }

  @Override
  public void close() {
    if (encoder != null) {
      encoder.close();
    }
    fitter.close();
  }
}
