package dev.flamingo.model.bundle;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes JPEGs of strangers: bounded in pixels, and whatever a damaged one provokes is an {@link
 * IOException}.
 */
final class JpegDecoder {

  static final long MAX_PIXELS = 40_000_000;

  RgbPicture decode(byte[] jpeg) throws IOException {
    if (jpeg.length < 4 || (jpeg[0] & 0xff) != 0xff || (jpeg[1] & 0xff) != 0xd8) {
      throw new IOException("%d bytes are not a jpeg picture".formatted(jpeg.length));
    }
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    // Not through ImageIO.read: that would cache on disk and decode before anybody asked for the
    // size.
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
      reader.setInput(in, /* seekForwardOnly= */ true, /* ignoreMetadata= */ true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      if ((long) width * height > MAX_PIXELS) {
        throw new IOException(
            "a picture of %d x %d pixels is above %d: send a smaller one"
                .formatted(width, height, MAX_PIXELS));
      }
      return rgb(reader.read(0));
    } catch (RuntimeException e) {
      throw new IOException("a jpeg picture of %d bytes is damaged".formatted(jpeg.length), e);
    } finally {
      reader.dispose();
    }
  }

  private static RgbPicture rgb(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] packed = new byte[3 * width * height];
    if (image.getType() == BufferedImage.TYPE_3BYTE_BGR
        && image.getRaster().getDataBuffer() instanceof DataBufferByte buffer
        && buffer.getData().length == packed.length) {
      byte[] bgr = buffer.getData();
      for (int i = 0; i < packed.length; i += 3) {
        packed[i] = bgr[i + 2];
        packed[i + 1] = bgr[i + 1];
        packed[i + 2] = bgr[i];
      }
      return new RgbPicture(width, height, packed);
    }
    int[] row = new int[width];
    int at = 0;
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int pixel : row) {
        packed[at++] = (byte) (pixel >> 16);
        packed[at++] = (byte) (pixel >> 8);
        packed[at++] = (byte) pixel;
      }
    }
    return new RgbPicture(width, height, packed);
  }
}
