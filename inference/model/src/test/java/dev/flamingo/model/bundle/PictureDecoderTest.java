package dev.flamingo.model.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureDecoderTest {

  private static final int RED = 0xff0000;
  private static final int GREEN = 0x00ff00;
  private static final int BLUE = 0x0000ff;
  private static final int BLACK = 0x000000;

  private final PictureDecoder decoder = new PictureDecoder();

  @ParameterizedTest
  @CsvSource({"10,jpeg,128", "10,png,128", "11,png,32896"})
  void aGreyPictureKeepsItsLevels(int type, String format, int sample) throws IOException {
    BufferedImage image = new BufferedImage(16, 16, type);
    int[] samples = new int[16 * 16];
    Arrays.fill(samples, sample);
    image.getRaster().setSamples(0, 0, 16, 16, 0, samples);

    RgbPicture picture = decoder.decode(file(image, format));

    for (byte level : picture.packed()) {
      assertThat(level & 0xff).isCloseTo(128, within(1));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aJpegThatIsCutOffIsAnError(boolean progressive) throws IOException {
    byte[] whole = jpeg(texture(), progressive);
    assertThat(decoder.decodeJpeg(whole).width()).isEqualTo(200);

    for (double share : new double[] {.33, .5, .9, .99}) {
      byte[] cut = Arrays.copyOf(whole, (int) (whole.length * share));
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> decoder.decodeJpeg(cut))
          .withMessageContaining("damaged or cut off");
    }
  }

  @Test
  void aJpegWithOverwrittenBytesIsAnError() throws IOException {
    byte[] damaged = jpeg(texture(), false);
    Arrays.fill(damaged, damaged.length / 2, damaged.length / 2 + 300, (byte) 0);
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> decoder.decodeJpeg(damaged));
  }

  @Test
  void whatAnEncoderFillsUpWithIsNoDamage() throws IOException {
    byte[] whole = jpeg(texture(), false);
    byte[] filled = Arrays.copyOf(whole, whole.length + 64);
    Arrays.fill(filled, whole.length - 2, filled.length, (byte) 0);
    filled[filled.length - 2] = (byte) 0xff;
    filled[filled.length - 1] = (byte) 0xd9;

    assertThat(decoder.decodeJpeg(filled).packed()).isEqualTo(decoder.decodeJpeg(whole).packed());
    assertThat(decoder.decodeJpeg(Arrays.copyOf(whole, whole.length + 64)).packed())
        .isEqualTo(decoder.decodeJpeg(whole).packed());
  }

  // What stands in the top left and the top right corner, by EXIF 2.32, 4.6.4.
  @ParameterizedTest
  @CsvSource({
    "1,RED,GREEN", "2,GREEN,RED", "3,BLACK,BLUE", "4,BLUE,BLACK",
    "5,RED,BLUE", "6,BLUE,RED", "7,BLACK,GREEN", "8,GREEN,BLACK",
    "0,RED,GREEN", "9,RED,GREEN"
  })
  void theOrientationOfExifIsApplied(int orientation, String topLeft, String topRight)
      throws IOException {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      byte[] file = withExif(jpeg(corners(), false), orientation, order);

      RgbPicture picture = decoder.decodeJpeg(file);

      boolean turned = orientation >= 5 && orientation <= 8;
      assertThat(picture.width()).isEqualTo(turned ? 32 : 64);
      assertThat(picture.height()).isEqualTo(turned ? 64 : 32);
      assertColour(picture, 4, colour(topLeft));
      assertColour(picture, picture.width() - 5, colour(topRight));
    }
  }

  @Test
  void brokenExifIsPassedOverOrRefused() throws IOException {
    byte[] whole = withExif(jpeg(corners(), false), 6, ByteOrder.BIG_ENDIAN);
    for (int at = 4; at < 40; at++) {
      byte[] broken = whole.clone();
      broken[at] = (byte) 0xf7;
      try {
        assertThat(decoder.decodeJpeg(broken).packed()).hasSize(3 * 64 * 32);
      } catch (IOException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }

  private static int colour(String name) {
    return switch (name) {
      case "RED" -> RED;
      case "GREEN" -> GREEN;
      case "BLUE" -> BLUE;
      default -> BLACK;
    };
  }

  private static void assertColour(RgbPicture picture, int x, int expected) {
    int at = 3 * (4 * picture.width() + x);
    for (int channel = 0; channel < 3; channel++) {
      assertThat(picture.packed()[at + channel] & 0xff)
          .isCloseTo((expected >> (16 - 8 * channel)) & 0xff, within(8));
    }
  }

  private static BufferedImage corners() {
    BufferedImage image = new BufferedImage(64, 32, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 64; x++) {
        image.setRGB(x, y, y < 16 ? (x < 32 ? RED : GREEN) : (x < 32 ? BLUE : BLACK));
      }
    }
    return image;
  }

  private static BufferedImage texture() {
    BufferedImage image = new BufferedImage(200, 200, BufferedImage.TYPE_3BYTE_BGR);
    SplittableRandom random = new SplittableRandom(7);
    for (int y = 0; y < 200; y++) {
      for (int x = 0; x < 200; x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    return image;
  }

  private static byte[] file(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).isTrue();
    return out.toByteArray();
  }

  private static byte[] jpeg(BufferedImage image, boolean progressive) throws IOException {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("jpeg");
    ImageWriter writer = writers.next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(1);
      settings.setProgressiveMode(
          progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
      writer.write(null, new IIOImage(image, null, null), settings);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** Puts an EXIF segment with nothing but an orientation behind the start of a JPEG. */
  private static byte[] withExif(byte[] jpeg, int orientation, ByteOrder order) {
    ByteBuffer exif = ByteBuffer.allocate(6 + 8 + 2 + 12 + 4);
    exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    exif.order(order);
    exif.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.US_ASCII));
    exif.putShort((short) 42).putInt(8).putShort((short) 1);
    exif.putShort((short) 0x112).putShort((short) 3).putInt(1);
    exif.putShort((short) orientation).putShort((short) 0).putInt(0);
    ByteBuffer file = ByteBuffer.allocate(jpeg.length + 4 + exif.capacity());
    file.put(jpeg, 0, 2).putShort((short) 0xffe1).putShort((short) (2 + exif.capacity()));
    file.put(exif.array()).put(jpeg, 2, jpeg.length - 2);
    return file.array();
  }
}
