package dev.flamingo.events;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
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

  /** Adds them to a record. */
  public void writeTo(Headers headers) {
    write(headers, "window-from", from.toString());
    write(headers, "window-to", to.toString());
    write(headers, "frames", Integer.toString(frames));
    write(headers, "model", model);
  }

  private static void write(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
