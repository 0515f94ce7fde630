package dev.flamingo.job.video;

import dev.flamingo.events.StreamId;
import dev.flamingo.events.Topics;
import dev.flamingo.job.kafka.OutboundRecord;
import dev.flamingo.job.kafka.ReceivedRecord;
import dev.flamingo.job.kafka.SideDoor;
import java.nio.charset.StandardCharsets;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Lets through what can be a frame; the rest becomes dead letters. */
public final class ReadFrames extends ProcessFunction<ReceivedRecord, Frame> {

  /** What a frame's dead letter says was wrong. */
  static final String BAD_FRAME = "bad-frame";

  private static final long serialVersionUID = 1;
  private static final long FUTURE_MILLIS = 60_000;
  private static final int SMALLEST_JPEG = 4;

  private final String prefix;

  /** Makes one for topics of this prefix. */
  public ReadFrames(String prefix) {
    this.prefix = prefix;
  }

  @Override
  public void processElement(ReceivedRecord received, Context context, Collector<Frame> frames) {
    try {
      long now = context.timerService().currentProcessingTime();
      frames.collect(new Frame(read(received, now), received));
    } catch (IllegalArgumentException e) {
      context.output(
          SideDoor.OUTBOUND,
          OutboundRecord.deadLetter(
              new Topics(prefix), received, BAD_FRAME, String.valueOf(e.getMessage())));
    }
  }

  private static String read(ReceivedRecord received, long now) {
    byte[] key = received.key();
    if (key == null) {
      throw new IllegalArgumentException("a frame needs its stream as key");
    }
    byte[] value = received.value();
    // Only the first bytes: the encoder finds out about the rest, and the stream's clock must not
    // be moved by what was never a picture.
    if (value == null
        || value.length < SMALLEST_JPEG
        || (value[0] & 0xff) != 0xff
        || (value[1] & 0xff) != 0xd8) {
      throw new IllegalArgumentException(
          "%d bytes are not a jpeg picture".formatted(value == null ? 0 : value.length));
    }
    if (received.timestamp() > now + FUTURE_MILLIS) {
      // Every true frame would be older, and so be passed over as late.
      throw new IllegalArgumentException(
          "a frame was captured %d ms in the future: set the camera's clock"
              .formatted(received.timestamp() - now));
    }
    return new StreamId(new String(key, StandardCharsets.UTF_8)).value();
  }
}
