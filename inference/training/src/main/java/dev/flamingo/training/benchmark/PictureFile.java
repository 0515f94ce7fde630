package dev.flamingo.training.benchmark;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Pictures of strangers as JPEG, whatever they are stored as; bounded in bytes and pixels. */
final class PictureFile {

  private static final long MAX_BYTES = 64L << 20;
  private static final long MAX_PIXELS = 40_000_000;

  /**
   * Reads a picture.
   *
   * @throws IOException if it is too large, damaged or of no known kind
   */
  byte[] jpeg(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("it is above %d bytes".formatted(MAX_BYTES));
    }
    byte[] bytes = Files.readAllBytes(file);
    boolean already = bytes.length > 1 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xd8;
    return already ? bytes : encode(decode(file));
  }

  private static BufferedImage decode(Path file) throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException("it is no picture");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, /* seekForwardOnly= */ true, /* ignoreMetadata= */ true);
        if ((long) reader.getWidth(0) * reader.getHeight(0) > MAX_PIXELS) {
          throw new IOException("it is above %d pixels".formatted(MAX_PIXELS));
        }
        return reader.read(0);
      } catch (RuntimeException e) {
        throw new IOException("it is damaged", e);
      } finally {
        reader.dispose();
      }
    }
  }

  private static byte[] encode(BufferedImage picture) throws IOException {
    // JPEG has no transparency: what shines through is white.
    BufferedImage opaque =
        new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = opaque.createGraphics();
    graphics.drawImage(picture, 0, 0, Color.WHITE, null);
    graphics.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(opaque, "jpeg", out);
    return out.toByteArray();
  }
}
