package dev.flamingo.model.bundle;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes pictures from outside, for serving, examples, benchmarks and training alike. Bounded in
 * pixels; whatever a damaged picture provokes is an {@link IOException}, also what the decoder only
 * warns of: it fills what is missing with grey. A JPEG's EXIF orientation is applied. Safe for use
 * by several threads.
 */
public final class PictureDecoder {

  static final long MAX_PIXELS = 40_000_000;

  /** Warnings about headers and colour profiles, after which every pixel is there. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "(?i).*(JFIF|colou?r profile|ICC|Adobe color transform|Invalid SOS parameters|thumbnail"
              + "|metadata).*");

  /** Whether bytes between the picture and its end are more than what an encoder fills up with. */
  private static final Pattern FILLED_UP =
      Pattern.compile("Corrupt JPEG data: \\d+ extraneous bytes before marker 0xd9");

  /** Returns whether a file begins as a JPEG does. */
  public static boolean isJpeg(byte[] file) {
    return file.length >= 4 && (file[0] & 0xff) == 0xff && (file[1] & 0xff) == 0xd8;
  }

  /**
   * Decodes a JPEG.
   *
   * @throws IOException if it is damaged, above 40 megapixels or not a JPEG
   */
  public RgbPicture decodeJpeg(byte[] file) throws IOException {
    if (!isJpeg(file)) {
      throw new IOException("%d bytes are not a jpeg picture".formatted(file.length));
    }
    return decode(file);
  }

  /**
   * Decodes a picture of any kind that Java reads; what is transparent lets white through.
   *
   * @throws IOException if it is damaged, above 40 megapixels or not a picture
   */
  public RgbPicture decode(byte[] file) throws IOException {
    // Not through ImageIO.read: that would cache on disk and decode before the size is known.
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException("%d bytes are no picture".formatted(file.length));
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, /* seekForwardOnly= */ true, /* ignoreMetadata= */ true);
        return read(reader, file).oriented(isJpeg(file) ? ExifOrientation.of(file) : 1);
      } finally {
        reader.dispose();
      }
    } catch (RuntimeException e) {
      throw new IOException("a picture of %d bytes is damaged".formatted(file.length), e);
    }
  }

  private static RgbPicture read(ImageReader reader, byte[] file) throws IOException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    if ((long) width * height > MAX_PIXELS) {
      throw new IOException(
          "a picture of %d x %d pixels is above %d: send a smaller one"
              .formatted(width, height, MAX_PIXELS));
    }
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    RgbPicture picture = RgbPicture.of(reader.read(0));
    for (String warning : warnings) {
      boolean filled = FILLED_UP.matcher(warning).matches() && endsInZeros(file);
      if (!filled && !HARMLESS.matcher(warning).matches()) {
        throw new IOException(
            "a picture of %d bytes is damaged or cut off: %s".formatted(file.length, warning));
      }
    }
    return picture;
  }

  /** Returns whether what stands before the last end marker of a JPEG are zeros. */
  private static boolean endsInZeros(byte[] file) {
    int end = file.length - 2;
    while (end > 2 && ((file[end] & 0xff) != 0xff || (file[end + 1] & 0xff) != 0xd9)) {
      end--;
    }
    return end > 2 && file[end - 1] == 0 && file[end - 2] == 0;
  }
}
