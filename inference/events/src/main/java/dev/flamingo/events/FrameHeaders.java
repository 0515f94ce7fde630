package dev.flamingo.events;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The headers of a frame, and of a picture for people.
 *
 * @param index the frame's number since the stream was opened; a picture's is that of the frame
 *     that it shows
 * @param width pixels in a row
 * @param height rows
 * @param ptsMs its time in the video, in milliseconds
 */
public record FrameHeaders(long index, int width, int height, long ptsMs) {

  /**
   * The header with the model for which a frame was made: bundle name and hash, see {@link
   * ServedModel#id}. Frames of other programs may be without it.
   */
  public static final String MADE_FOR = "made-for";

  private static final String INDEX = "frame-index";
  private static final String WIDTH = "width";
  private static final String HEIGHT = "height";
  private static final String PTS = "pts-ms";

  /** Adds them to a record. */
  public void writeTo(Headers headers) {
    write(headers, INDEX, index);
    write(headers, WIDTH, width);
    write(headers, HEIGHT, height);
    write(headers, PTS, ptsMs);
  }

  /**
   * Reads a record's headers.
   *
   * @throws MalformedEventException if one is missing or no number
   */
  public static FrameHeaders readFrom(Headers headers) {
    return new FrameHeaders(
        read(headers, INDEX),
        (int) read(headers, WIDTH),
        (int) read(headers, HEIGHT),
        read(headers, PTS));
  }

  private static void write(Headers headers, String name, long value) {
    headers.add(name, Long.toString(value).getBytes(StandardCharsets.US_ASCII));
  }

  private static long read(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    try {
      return Long.parseLong(
          header == null || header.value() == null
              ? ""
              : new String(header.value(), StandardCharsets.US_ASCII));
    } catch (NumberFormatException e) {
      throw new MalformedEventException("header " + name + " of a frame is no whole number", e);
    }
  }
}
