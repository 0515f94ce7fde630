package dev.flamingo.training.frame;

import dev.flamingo.model.bundle.PictureDecoder;
import dev.flamingo.model.bundle.RgbPicture;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Pictures from outside as JPEG, whatever they are stored as; bounded in bytes and pixels. Safe for
 * use by several threads.
 */
public final class PictureFile {

  /** The largest picture that is read. */
  public static final long MAX_BYTES = 64L << 20;

  private final PictureDecoder decoder = new PictureDecoder();

  /**
   * Reads a picture.
   *
   * @return a complete JPEG file that can be decoded
   * @throws IOException if it is missing, too large, damaged or of no known kind
   */
  public byte[] jpeg(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("it is above %d bytes".formatted(MAX_BYTES));
    }
    return jpeg(Files.readAllBytes(file));
  }

  /**
   * Reads a picture.
   *
   * @param bytes a whole file; what is JPEG already is returned as it is
   * @return a complete JPEG file that can be decoded
   * @throws IOException if it is too large, damaged or of no known kind
   */
  public byte[] jpeg(byte[] bytes) throws IOException {
    // All of it even where it is JPEG already: a damaged one must not be trained on.
    RgbPicture picture = decoder.decode(bytes);
    return PictureDecoder.isJpeg(bytes) ? bytes : encode(picture);
  }

  private static byte[] encode(RgbPicture picture) throws IOException {
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_3BYTE_BGR);
    byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    byte[] rgb = picture.packed();
    for (int i = 0; i < rgb.length; i += 3) {
      bgr[i] = rgb[i + 2];
      bgr[i + 1] = rgb[i + 1];
      bgr[i + 2] = rgb[i];
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", out);
    return out.toByteArray();
  }
}
