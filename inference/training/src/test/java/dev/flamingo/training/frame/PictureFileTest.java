package dev.flamingo.training.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.flamingo.model.bundle.PictureDecoder;
import dev.flamingo.model.bundle.RgbPicture;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void aGreyPictureWithAlphaKeepsItsLevels() throws IOException {
    ComponentColorModel colours =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY), true, false, 3, DataBuffer.TYPE_BYTE);
    WritableRaster raster = colours.createCompatibleWritableRaster(16, 16);
    int[] pixels = new int[2 * 16 * 16];
    Arrays.fill(pixels, 128);
    for (int i = 1; i < pixels.length / 2; i += 2) {
      pixels[i] = 255;
    }
    raster.setPixels(0, 0, 16, 16, pixels);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(colours, raster, false, null), "png", png);

    RgbPicture read = new PictureDecoder().decodeJpeg(pictures.jpeg(png.toByteArray()));

    assertThat(read.packed()[0] & 0xff).isCloseTo(128, within(2));
    // Half of white through half of the grey.
    assertThat(read.packed()[read.packed().length - 1] & 0xff).isCloseTo(191, within(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "gif", "bmp", "tif"})
  void aPictureThatIsCutOffIsRefused(String kind) throws IOException {
    BufferedImage picture = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 64 * 48; i++) {
      picture.setRGB(i % 64, i / 64, random.nextInt(1 << 24));
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    assertThat(ImageIO.write(picture, kind, file)).isTrue();
    byte[] whole = file.toByteArray();
    for (double share : new double[] {.5, .9}) {
      byte[] cut = Arrays.copyOf(whole, (int) (whole.length * share));
      assertThatThrownBy(() -> pictures.jpeg(cut)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aDamagedPictureIsRefused() throws IOException {
    byte[] jpeg = picture(BufferedImage.TYPE_INT_RGB, "jpg");
    byte[] png = picture(BufferedImage.TYPE_INT_RGB, "png");
    byte[] broken = jpeg.clone();
    // A marker that does not exist, in the middle of what is fine at its top.
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
        .hasMessage("a picture of 1000000 x 48 pixels is above 40000000: send a smaller one");
  }
}
