package dev.flamingo.ingest.video;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Objects;
import javax.imageio.ImageIO;

/** A JPEG as the JDK's own reader sees it. */
record TestPicture(BufferedImage image) {

  static TestPicture read(byte[] jpeg) throws IOException {
    return new TestPicture(Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(jpeg))));
  }

  int width() {
    return image.getWidth();
  }

  int height() {
    return image.getHeight();
  }

  int red(int x, int y) {
    return image.getRGB(x, y) >> 16 & 255;
  }

  int green(int x, int y) {
    return image.getRGB(x, y) >> 8 & 255;
  }

  int blue(int x, int y) {
    return image.getRGB(x, y) & 255;
  }
}
