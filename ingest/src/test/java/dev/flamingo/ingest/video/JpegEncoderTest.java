package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JpegEncoderTest {

  @ParameterizedTest
  @CsvSource({"255,0,0", "0,255,0", "0,0,255", "255,255,255", "0,0,0", "128,128,128", "200,120,40"})
  void aFlatColourComesBackThroughAnotherReader(int red, int green, int blue) throws IOException {
    try (JpegEncoder encoder = new JpegEncoder(96, 96, 95)) {
      BufferedImage image = read(encoder.encode(flat(96, 96, red, green, blue)));
      assertThat(image.getWidth()).isEqualTo(96);
      assertThat(image.getHeight()).isEqualTo(96);
      int pixel = image.getRGB(48, 48);
      assertThat(pixel >> 16 & 255).isCloseTo(red, within(3));
      assertThat(pixel >> 8 & 255).isCloseTo(green, within(3));
      assertThat(pixel & 255).isCloseTo(blue, within(3));
    }
  }

  @Test
  void sidesThatFillNoWholeBlockKeepTheirPicture() throws IOException {
    try (JpegEncoder encoder = new JpegEncoder(50, 35, 95)) {
      byte[] rgb = flat(50, 35, 30, 30, 30);
      for (int y = 0; y < 35; y++) {
        for (int x = 25; x < 50; x++) {
          rgb[(y * 50 + x) * 3] = (byte) 220;
        }
      }
      BufferedImage image = read(encoder.encode(rgb));
      assertThat(image.getRGB(5, 34) >> 16 & 255).isCloseTo(30, within(8));
      assertThat(image.getRGB(44, 34) >> 16 & 255).isCloseTo(220, within(8));
    }
  }

  @Test
  void theSamePictureGivesTheSameBytesWhateverCameBefore() {
    try (JpegEncoder one = new JpegEncoder(96, 96, 90);
        JpegEncoder other = new JpegEncoder(96, 96, 90)) {
      one.encode(gradient(96, 96, 17));
      assertThat(one.encode(gradient(96, 96, 3))).isEqualTo(other.encode(gradient(96, 96, 3)));
    }
  }

  @Test
  void theFileIsJfifAndNamesNoEncoder() {
    try (JpegEncoder encoder = new JpegEncoder(96, 96, 90)) {
      String text = new String(encoder.encode(gradient(96, 96, 1)), StandardCharsets.ISO_8859_1);
      assertThat(text).startsWith("ÿØÿà").contains("JFIF").endsWith("ÿÙ");
      assertThat(text).doesNotContain("Lavc");
    }
  }

  @Test
  void aBetterQualityIsLargerAndCloser() throws IOException {
    byte[] picture = gradient(96, 96, 5);
    try (JpegEncoder low = new JpegEncoder(96, 96, 20);
        JpegEncoder high = new JpegEncoder(96, 96, 98)) {
      byte[] small = low.encode(picture);
      byte[] large = high.encode(picture);
      assertThat(large.length).isGreaterThan(small.length);
      assertThat(error(picture, read(large))).isLessThan(error(picture, read(small)) / 2);
    }
  }

  @Test
  void wrongSizesAreRefusedWithTheNumbers() {
    assertThatThrownBy(() -> new JpegEncoder(1, 96, 90).close())
        .hasMessage("the width must be 2 to 16384 pixels, but was 1");
    assertThatThrownBy(() -> new JpegEncoder(96, 96, 0).close())
        .hasMessage("the jpeg quality must be 1 to 100, but was 0");
    try (JpegEncoder encoder = new JpegEncoder(96, 96, 90)) {
      assertThatThrownBy(() -> encoder.encode(new byte[7]))
          .hasMessage("a packed 96x96 picture has 27648 bytes, but the array has 7");
    }
  }

  static byte[] flat(int width, int height, int red, int green, int blue) {
    byte[] rgb = new byte[width * height * 3];
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = (byte) red;
      rgb[i + 1] = (byte) green;
      rgb[i + 2] = (byte) blue;
    }
    return rgb;
  }

  private static byte[] gradient(int width, int height, int phase) {
    byte[] rgb = new byte[width * height * 3];
    for (int i = 0; i < width * height; i++) {
      int x = i % width;
      int y = i / width;
      double wave = 60 * Math.sin((x + phase) / 5.0) * Math.cos(y / 7.0);
      rgb[3 * i] = (byte) (128 + wave);
      rgb[3 * i + 1] = (byte) (128 + wave);
      rgb[3 * i + 2] = (byte) (100 + wave);
    }
    return rgb;
  }

  private static double error(byte[] rgb, BufferedImage image) {
    double sum = 0;
    for (int i = 0; i < rgb.length / 3; i++) {
      int pixel = image.getRGB(i % image.getWidth(), i / image.getWidth());
      sum += Math.abs((rgb[3 * i] & 255) - (pixel >> 16 & 255));
    }
    return sum;
  }

  private static BufferedImage read(byte[] jpeg) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(jpeg));
  }
}
