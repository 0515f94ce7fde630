package dev.flamingo.model.bundle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How a camera was held, by the EXIF segment of a JPEG (EXIF 2.32, 4.5.4 and 4.6.4; TIFF 6.0,
 * section 2). What is no valid EXIF says nothing.
 */
final class ExifOrientation {

  private static final int UPRIGHT = 1;
  private static final int MARKER = 0xff;
  private static final int START_OF_SCAN = 0xda;
  private static final int APP1 = 0xe1;
  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte BIG_ENDIAN = 'M';
  private static final int ENTRY = 12;
  private static final short ORIENTATION = 0x112;
  private static final int SHORT_VALUE = 8;

  private ExifOrientation() {}

  /** Returns 1 to 8 as EXIF numbers them; 1, upright, where nothing is said. */
  static int of(byte[] jpeg) {
    ByteBuffer file = ByteBuffer.wrap(jpeg);
    int at = 2;
    while (at + 4 <= jpeg.length && (jpeg[at] & 0xff) == MARKER) {
      int kind = jpeg[at + 1] & 0xff;
      if (kind == MARKER) {
        at++;
        continue;
      }
      int length = file.getShort(at + 2) & 0xffff;
      if (kind == START_OF_SCAN || length < 2 || at + 2 + length > jpeg.length) {
        return UPRIGHT;
      }
      int content = at + 4;
      if (kind == APP1 && length >= 2 + EXIF.length + SHORT_VALUE && isExif(jpeg, content)) {
        return inTiff(
            file.slice(content + EXIF.length, length - 2 - EXIF.length), jpeg[content + 6]);
      }
      at += 2 + length;
    }
    return UPRIGHT;
  }

  private static boolean isExif(byte[] jpeg, int at) {
    return Arrays.equals(jpeg, at, at + EXIF.length, EXIF, 0, EXIF.length);
  }

  private static int inTiff(ByteBuffer tiff, byte order) {
    tiff.order(order == BIG_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    long directory = tiff.getInt(4) & 0xffffffffL;
    if (directory + 2 > tiff.limit()) {
      return UPRIGHT;
    }
    int entries = tiff.getShort((int) directory) & 0xffff;
    for (int i = 0; i < entries; i++) {
      long entry = directory + 2 + (long) i * ENTRY;
      if (entry + ENTRY > tiff.limit()) {
        return UPRIGHT;
      }
      if (tiff.getShort((int) entry) == ORIENTATION) {
        return tiff.getShort((int) entry + SHORT_VALUE);
      }
    }
    return UPRIGHT;
  }
}
