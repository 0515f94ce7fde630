package dev.flamingo.training.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PictureFileTest {

  private final PictureFile pictures = new PictureFile();

  private static byte[] picture(int type, String kind) throws IOException {
    BufferedImage picture = new BufferedImage(64, 48, type);
    for (int i = 0; i < 24; i++) {
      picture.setRGB(i, i, 0xff0000ff);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(picture, kind, out);
    return out.toByteArray();
  }

  @Test
  void aJpegStaysAsItIs() throws IOException {
    byte[] jpeg = picture(BufferedImage.TYPE_INT_RGB, "jpg");
    assertThat(pictures.jpeg(jpeg)).isSameAs(jpeg);
  }

  @Test
  void whatShinesThroughIsWhite() throws IOException {
    byte[] jpeg = pictures.jpeg(picture(BufferedImage.TYPE_INT_ARGB, "png"));
    BufferedImage read = Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(jpeg)));
    assertThat(read.getWidth()).isEqualTo(64);
    assertThat(read.getRGB(60, 40) & 0xff).isCloseTo(255, within(2));
    assertThat(read.getRGB(60, 40) >> 16 & 0xff).isCloseTo(255, within(2));
  }

  @Test
  void aDamagedPictureIsRefused() throws IOException {
    byte[] jpeg = picture(BufferedImage.TYPE_INT_RGB, "jpg");
    byte[] png = picture(BufferedImage.TYPE_INT_RGB, "png");
    byte[] broken = jpeg.clone();
    // A marker that there is not, in the middle of what is fine at its top.
    broken[jpeg.length - 40] = (byte) 0xff;
    broken[jpeg.length - 39] = (byte) 0x03;
    assertThatThrownBy(() -> pictures.jpeg(broken)).isInstanceOf(IOException.class);
    for (byte[] damaged :
        new byte[][] {
          {}, {1}, {(byte) 0xff, (byte) 0xd8}, Arrays.copyOf(jpeg, 100), Arrays.copyOf(png, 60)
        }) {
      assertThatThrownBy(() -> pictures.jpeg(damaged)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aPictureOfTooManyPixelsIsNotDecoded() throws IOException {
    byte[] png = picture(BufferedImage.TYPE_INT_RGB, "png");
    // The width in the header's place; the checksum behind it is not looked at.
    ByteBuffer.wrap(png).putInt(16, 1_000_000);
    assertThatThrownBy(() -> pictures.jpeg(png))
        .isInstanceOf(IOException.class)
        .hasMessage("it is above 40000000 pixels");
  }
}
