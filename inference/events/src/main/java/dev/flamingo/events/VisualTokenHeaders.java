package dev.flamingo.events;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * What the headers of a window's visual tokens say.
 *
 * @param from when the window's first frame was captured
 * @param to when its last was
 * @param frames number of frames
 * @param model name and hash of the model
 */
public record VisualTokenHeaders(Instant from, Instant to, int frames, String model) {

  private static final String FROM = "window-from";
  private static final String TO = "window-to";
  private static final String FRAMES = "frames";
  private static final String MODEL = "model";

  /** Adds them to a record. */
  public void writeTo(Headers headers) {
    write(headers, FROM, from.toString());
    write(headers, TO, to.toString());
    write(headers, FRAMES, Integer.toString(frames));
    write(headers, MODEL, model);
  }

  /**
   * Reads a record's headers.
   *
   * @throws MalformedEventException if one is missing or no instant or number
   */
  public static VisualTokenHeaders readFrom(Headers headers) {
    try {
      return new VisualTokenHeaders(
          EventInstant.parse("header " + FROM, read(headers, FROM)),
          EventInstant.parse("header " + TO, read(headers, TO)),
          Integer.parseInt(read(headers, FRAMES)),
          read(headers, MODEL));
    } catch (IllegalArgumentException e) {
      throw new MalformedEventException("a header of visual tokens is malformed", e);
    }
  }

  private static String read(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    if (header == null || header.value() == null) {
      throw new MalformedEventException("visual tokens lack the header " + name, null);
    }
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  private static void write(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
