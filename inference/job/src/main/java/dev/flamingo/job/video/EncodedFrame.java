package dev.flamingo.job.video;

import dev.flamingo.job.kafka.ReceivedRecord;
import org.jspecify.annotations.Nullable;

/**
 * What became of a frame.
 *
 * @param stream which camera
 * @param time when it was captured, milliseconds since 1970
 * @param model name and hash of the encoder
 * @param features what the encoder made of it; null where it could not
 * @param broken the record where it could not, else null
 * @param problem why it could not, else null
 */
public record EncodedFrame(
    String stream,
    long time,
    String model,
    byte @Nullable [] features,
    @Nullable ReceivedRecord broken,
    @Nullable String problem) {

  static EncodedFrame of(Frame frame, String model, byte[] features) {
    return new EncodedFrame(frame.stream(), frame.time(), model, features, null, null);
  }

  static EncodedFrame broken(Frame frame, String model, String problem) {
    return new EncodedFrame(frame.stream(), frame.time(), model, null, frame.received(), problem);
  }
}
