package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class JpegSplitterTest {

  private final byte[] first = jpeg(90);
  private final byte[] second = jpeg(200);

  @Test
  void aPictureIsWholeWithItsLastByte() {
    JpegSplitter splitter = new JpegSplitter();
    splitter.append(first, first.length - 1);
    assertThat(splitter.poll()).isNull();
    splitter.append(new byte[] {first[first.length - 1]}, 1);
    assertThat(splitter.poll()).isEqualTo(first);
  }

  @Test
  void piecesOfAnySizeGiveTheSamePictures() {
    byte[] stream =
        join(
            "--a\r\nContent-Length: 7\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
            first,
            second,
            "x".getBytes(StandardCharsets.US_ASCII));
    for (int size : new int[] {1, 2, 3, 7, 100, stream.length}) {
      assertThat(split(stream, size)).as("pieces of %d", size).containsExactly(first, second);
    }
  }

  @Test
  void aThumbnailInsideIsNotAPicture() {
    byte[] thumbnail = new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xD9};
    byte[] segment = {(byte) 0xFF, (byte) 0xE1, 0, 6};
    byte[] picture =
        join(
            Arrays.copyOf(first, 2),
            segment,
            thumbnail,
            Arrays.copyOfRange(first, 2, first.length));
    assertThat(split(join(picture, second), 64)).containsExactly(picture, second);
  }

  @Test
  void aPictureThatIsCutOffIsDroppedWhereTheNextBegins() {
    for (int length : new int[] {20, first.length / 2, first.length - 3}) {
      byte[] cut = Arrays.copyOf(first, length);
      assertThat(
              split(join(cut, "\r\n--a\r\n\r\n".getBytes(StandardCharsets.US_ASCII), second), 100))
          .containsExactly(second);
    }
  }

  @Test
  void picturesThatNeverEndEndWhereTheNextBegins() {
    byte[] open = Arrays.copyOf(first, first.length - 2);
    JpegSplitter splitter = new JpegSplitter();
    byte[] stream = join(open, open, open, open);
    splitter.append(stream, stream.length);
    assertThat(splitter.poll()).isEqualTo(first);
    assertThat(splitter.poll()).isEqualTo(first);
    assertThat(splitter.poll()).isNull();
    assertThat(splitter.unfinished()).isEqualTo(first);
  }

  private static List<byte[]> split(byte[] stream, int size) {
    JpegSplitter splitter = new JpegSplitter();
    List<byte[]> pictures = new ArrayList<>();
    for (int at = 0; at < stream.length; at += size) {
      byte[] piece = Arrays.copyOfRange(stream, at, Math.min(stream.length, at + size));
      splitter.append(piece, piece.length);
      for (byte[] next = splitter.poll(); next != null; next = splitter.poll()) {
        pictures.add(next);
      }
    }
    return pictures;
  }

  private static byte[] jpeg(int grey) {
    try (JpegEncoder encoder = new JpegEncoder(64, 48, 90)) {
      return encoder.encode(JpegEncoderTest.flat(64, 48, grey, grey, grey));
    }
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
