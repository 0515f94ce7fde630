package dev.flamingo.model.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class FramePreprocessorTest {

  private static final Preprocessing IDENTITY =
      Preprocessing.meanPadded(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));

  @Test
  void packedPixelsBecomeNormalisedPlanes() {
    FramePreprocessor preprocessor =
        new FramePreprocessor(
            1, new Preprocessing(List.of(.5, .0, .2), List.of(.5, 1.0, .1), List.of(0, 0, 0)));
    float[] planes = preprocessor.fromRgb(new byte[] {(byte) 255, 0, 51});
    assertThat(planes).containsExactly(new float[] {1, 0, 0}, within(1e-6f));
  }

  @Test
  void aPictureOfTheModelsSizeIsNotResampled() throws IOException {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_3BYTE_BGR);
    paint(image, new Color(200, 100, 50), 0, 0, 16, 16);
    float[] planes = new FramePreprocessor(16, IDENTITY).fromJpeg(jpeg(image));
    assertThat(planes[0] * 255).isCloseTo(200, within(3f));
    assertThat(planes[256] * 255).isCloseTo(100, within(3f));
    assertThat(planes[512] * 255).isCloseTo(50, within(3f));
  }

  @Test
  void aWidePictureKeepsItsAspectAndIsPaddedWithZero() throws IOException {
    BufferedImage image = new BufferedImage(640, 320, BufferedImage.TYPE_3BYTE_BGR);
    paint(image, Color.WHITE, 0, 0, 640, 320);
    float[] planes = new FramePreprocessor(32, Preprocessing.IMAGENET).fromJpeg(jpeg(image));
    for (int y = 0; y < 32; y++) {
      boolean inside = y >= 8 && y < 24;
      assertThat(planes[32 * y + 16]).isCloseTo(inside ? 2.25f : 0, within(.02f));
    }
  }

  @Test
  void everyTargetPixelIsTheMeanOfItsArea() {
    byte[] packed = new byte[3 * 15 * 10];
    SplittableRandom random = new SplittableRandom(1);
    random.nextBytes(packed);
    RgbPicture fitted =
        new AreaResizer(6, Resize.FIT, List.of(0, 0, 0)).resize(new RgbPicture(15, 10, packed));
    assertThat(fitted.packed()).hasSize(3 * 36);
    assertThat(mean(fitted.packed(), 3 * 6, 3 * 30))
        .isCloseTo(mean(packed, 0, packed.length), within(.5));
    assertThat(mean(fitted.packed(), 0, 3 * 6)).isZero();
  }

  @Test
  void aCroppedPictureLosesItsEndsAndASquashedOneNothing() {
    byte[] wide = new byte[3 * 8];
    for (int x = 0; x < 8; x++) {
      Arrays.fill(wide, 3 * x, 3 * x + 3, (byte) (10 * (x % 4)));
    }
    RgbPicture picture = new RgbPicture(4, 2, wide);
    assertThat(new AreaResizer(2, Resize.CROP, List.of(0, 0, 0)).resize(picture).packed())
        .containsExactly(10, 10, 10, 20, 20, 20, 10, 10, 10, 20, 20, 20);
    assertThat(new AreaResizer(2, Resize.SQUASH, List.of(0, 0, 0)).resize(picture).packed())
        .containsExactly(5, 5, 5, 25, 25, 25, 5, 5, 5, 25, 25, 25);
  }

  @Test
  void aSmallPictureIsEnlarged() {
    byte[] one = {10, 20, 30};
    RgbPicture fitted =
        new AreaResizer(3, Resize.FIT, List.of(0, 0, 0)).resize(new RgbPicture(1, 1, one));
    assertThat(fitted.packed()).startsWith(one).endsWith(one).hasSize(27);
  }

  @Test
  void aGreyPictureIsRead() throws IOException {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    float[] planes = new FramePreprocessor(8, IDENTITY).fromJpeg(jpeg(image));
    assertThat(planes).hasSize(192).containsOnly(0f);
  }

  @Test
  void damageIsReportedAndNeverAnythingElse() throws IOException {
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_3BYTE_BGR);
    byte[] good = jpeg(image);
    FramePreprocessor preprocessor = new FramePreprocessor(32, IDENTITY);
    SplittableRandom random = new SplittableRandom(2);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 1));
      if (bad.length > 0) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      try {
        preprocessor.fromJpeg(bad);
      } catch (IOException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(100);
  }

  @Test
  void aPictureThatIsTooLargeIsRefusedBeforeItIsDecoded() throws IOException {
    byte[] jpeg = jpeg(new BufferedImage(8, 8, BufferedImage.TYPE_3BYTE_BGR));
    for (int i = 0; i < jpeg.length; i++) {
      // The frame header says the size: 65,500 x 65,500 now.
      if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == 0xc0) {
        jpeg[i + 5] = (byte) 0xff;
        jpeg[i + 7] = (byte) 0xff;
        break;
      }
    }
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> new FramePreprocessor(8, IDENTITY).fromJpeg(jpeg))
        .withMessageContaining("is above 40000000");
  }

  @Test
  void aPictureOfAnotherSizeIsNoModelInput() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FramePreprocessor(8, IDENTITY).fromRgb(new byte[3]));
  }

  private static double mean(byte[] bytes, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += bytes[i] & 0xff;
    }
    return sum / (to - from);
  }

  private static void paint(BufferedImage image, Color colour, int x, int y, int w, int h) {
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(colour);
    graphics.fillRect(x, y, w, h);
    graphics.dispose();
  }

  private static byte[] jpeg(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", out);
    return out.toByteArray();
  }
}
