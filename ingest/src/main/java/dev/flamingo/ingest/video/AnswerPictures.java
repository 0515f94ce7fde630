package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;

import java.io.ByteArrayOutputStream;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The pictures in one answer of a server: any number of JPEGs, or one of another kind. */
final class AnswerPictures implements AutoCloseable {

  private static final int LARGEST = 32 << 20;

  /** As mjpg-streamer and ESP32 write it: seconds, and a fraction that makes it worth having. */
  private static final Pattern TIME =
      Pattern.compile(
          "^X-Time-?stamp:\\s*(\\d{1,12})\\.(\\d{1,9})\\s*$",
          Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  /** More than what leads a picture. */
  private static final int GARBAGE = 512;

  private final ServerAnswer answer;
  private final boolean multipart;
  private final byte[] chunk = new byte[64 << 10];
  private final JpegSplitter splitter = new JpegSplitter();
  private final ByteArrayOutputStream other = new ByteArrayOutputStream();
  private byte[] picture = new byte[0];
  private OptionalLong time = OptionalLong.empty();
  private boolean begun;
  private long bytesSincePicture;
  private int count;
  private boolean jpeg;

  /**
   * Reads an answer.
   *
   * @param answer from here on this object's
   */
  AnswerPictures(ServerAnswer answer) {
    this.answer = answer;
    this.multipart = StillKind.isMultipart(answer.type());
  }

  /**
   * Waits for the next picture.
   *
   * @return 0 if there is one, otherwise one of FFmpeg's codes
   */
  int next() {
    while (true) {
      byte[] whole = splitter.poll();
      if (whole != null) {
        time = time(splitter.head());
        return found(whole);
      }
      int read = answer.read(chunk);
      if (read <= 0) {
        int code = read == 0 ? AVERROR_EOF() : read;
        byte[] last = jpeg ? splitter.unfinished() : other.toByteArray();
        return code == AVERROR_EOF() && count == 0 && last.length > 0 ? found(last) : code;
      }
      if (!begun) {
        begun = true;
        jpeg = multipart || chunk[0] == (byte) 0xFF;
      }
      bytesSincePicture += read;
      if (jpeg) {
        splitter.append(chunk, read);
      } else if (other.size() + read <= LARGEST) {
        other.write(chunk, 0, read);
      } else {
        return AVERROR_INVALIDDATA();
      }
    }
  }

  private int found(byte[] next) {
    picture = next;
    count++;
    bytesSincePicture = 0;
    return 0;
  }

  /** The picture that came last. */
  byte[] picture() {
    return picture;
  }

  /**
   * When it was taken by the camera's clock, in microseconds, where its part of an answer tells.
   */
  OptionalLong time() {
    return time;
  }

  private static OptionalLong time(String head) {
    Matcher found = TIME.matcher(head);
    if (!found.find()) {
      return OptionalLong.empty();
    }
    String micros = (found.group(2) + "000000").substring(0, 6);
    return OptionalLong.of(Long.parseLong(found.group(1)) * 1_000_000 + Long.parseLong(micros));
  }

  /** How many pictures came. */
  int count() {
    return count;
  }

  /** Whether it came in parts, so that its end is a camera's that hangs up. */
  boolean multipart() {
    return multipart;
  }

  /** Whether the server announced an end. */
  boolean bounded() {
    return answer.bounded();
  }

  /** Whether a code ends a wait in which something came, but no whole picture. */
  boolean isGarbage(int code) {
    return code == AVERROR_EXIT() && bytesSincePicture > GARBAGE;
  }

  @Override
  public void close() {
    answer.close();
  }
}
