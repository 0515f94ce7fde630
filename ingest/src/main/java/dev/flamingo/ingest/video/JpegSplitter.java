package dev.flamingo.ingest.video;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Finds whole JPEGs in a stream of bytes by their own markers (ITU-T T.81, annex B), each as soon
 * as its last byte is there. Whatever stands between them is skipped: the multipart headers of any
 * dialect, right or wrong lengths, nothing at all. A picture that is cut off is dropped where the
 * next one begins; where none has an end, as some firmware has it, each is taken to end there.
 */
final class JpegSplitter {

  private static final int LARGEST = 32 << 20;

  private static final int MARKER = 0xFF;
  private static final int START_OF_IMAGE = 0xD8;
  private static final int END_OF_IMAGE = 0xD9;
  private static final int START_OF_SCAN = 0xDA;

  private enum State {
    /** Outside of a picture. */
    BETWEEN,
    /** Where a marker stands. */
    SEGMENTS,
    /** In entropy-coded data. */
    SCAN
  }

  private static final int LONGEST_HEAD = 2048;

  private record Whole(byte[] picture, String head) {}

  private final Deque<Whole> whole = new ArrayDeque<>();
  private String head = "";
  private String polledHead = "";
  private byte[] bytes = new byte[64 << 10];
  private int length;
  private int at;
  private State state = State.BETWEEN;
  private boolean ends;
  private boolean cut;

  /**
   * Takes the next bytes.
   *
   * @throws VideoException if a picture exceeds 32 MiB
   */
  void append(byte[] next, int count) {
    if (length + count > LARGEST) {
      throw new VideoException("a picture exceeds %d bytes".formatted(LARGEST));
    }
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
    }
    System.arraycopy(next, 0, bytes, length, count);
    length += count;
    boolean more = true;
    while (more) {
      more =
          switch (state) {
            case BETWEEN -> findStart();
            case SEGMENTS -> passSegment();
            case SCAN -> passScan();
          };
    }
  }

  /** The next whole picture, or null. */
  byte @Nullable [] poll() {
    Whole next = whole.poll();
    if (next == null) {
      return null;
    }
    polledHead = next.head;
    return next.picture;
  }

  /** What stood in front of the picture that was polled last: its headers, in multipart. */
  String head() {
    return polledHead;
  }

  private void found(byte[] picture) {
    whole.add(new Whole(picture, head));
    head = "";
  }

  /** What has come of a picture whose end is missing, closed; empty if its data has not begun. */
  byte[] unfinished() {
    return state == State.SCAN ? closed(length) : new byte[0];
  }

  private byte[] closed(int end) {
    byte[] picture = Arrays.copyOf(bytes, end + 2);
    picture[end] = (byte) MARKER;
    picture[end + 1] = (byte) END_OF_IMAGE;
    return picture;
  }

  private boolean findStart() {
    int start = start(0, length);
    int passed = start < 0 ? Math.max(0, length - 2) : start;
    addToHead(passed);
    if (start < 0) {
      drop(passed);
      return false;
    }
    begin(start);
    return true;
  }

  private void addToHead(int count) {
    String all = head + new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
    head = all.substring(Math.max(0, all.length() - LONGEST_HEAD));
  }

  private int start(int from, int to) {
    for (int i = from; i + 2 < to; i++) {
      if (at(i) == MARKER && at(i + 1) == START_OF_IMAGE && at(i + 2) == MARKER) {
        return i;
      }
    }
    return -1;
  }

  private boolean passSegment() {
    if (length - at < 2) {
      return false;
    }
    if (at(at) != MARKER) {
      state = State.SCAN; // Damage, or padding: the next marker counts.
      return true;
    }
    int marker = at(at + 1);
    if (marker == END_OF_IMAGE) {
      ends = true;
      found(Arrays.copyOf(bytes, at + 2));
      drop(at + 2);
      state = State.BETWEEN;
    } else if (marker == START_OF_IMAGE) {
      if (cut && !ends) {
        found(closed(at));
      }
      cut = true;
      begin(at);
    } else if (marker == MARKER) {
      at++;
    } else if (marker <= 1 || isRestart(marker)) {
      at += 2;
    } else {
      return passSegment(marker);
    }
    return true;
  }

  private boolean passSegment(int marker) {
    if (length - at < 4) {
      return false;
    }
    int end = at + 2 + Math.max(2, at(at + 2) << 8 | at(at + 3));
    if (end > length) {
      return false;
    }
    int start = holdsPictures(marker) ? -1 : start(at + 4, end);
    if (start >= 0) {
      begin(start); // Cut off within its tables.
      return true;
    }
    at = end;
    state = marker == START_OF_SCAN ? State.SCAN : State.SEGMENTS;
    return true;
  }

  private boolean passScan() {
    for (; at + 1 < length; at++) {
      int next = at(at + 1);
      if (at(at) == MARKER && next != 0 && next != MARKER && !isRestart(next)) {
        state = State.SEGMENTS;
        return true;
      }
    }
    return false;
  }

  /** Application data and comments: thumbnails lie there. */
  private static boolean holdsPictures(int marker) {
    return (marker >= 0xE0 && marker <= 0xEF) || marker == 0xFE;
  }

  private static boolean isRestart(int marker) {
    return marker >= 0xD0 && marker <= 0xD7;
  }

  private void begin(int start) {
    drop(start);
    at = 2;
    state = State.SEGMENTS;
  }

  private void drop(int count) {
    System.arraycopy(bytes, count, bytes, 0, length - count);
    length -= count;
    at = 0;
  }

  private int at(int index) {
    return bytes[index] & 0xFF;
  }
}
