package dev.flamingo.job.state;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Which frames of a stream are remembered. Times are milliseconds since 1970.
 *
 * @param model name and hash of the model that encoded them
 * @param times when they were captured, oldest first
 * @param sizes bytes of the features of each
 * @param forgotten when the last frame was captured that is not remembered any longer; null if none
 * @param sinceHistory frames since the last window of the history ended
 * @param captioned when the frame was captured that was captioned last; null if none
 * @param seenAt when the last frame was read
 */
public record StoredStreamV1(
    String model,
    long[] times,
    long[] sizes,
    @Nullable Long forgotten,
    int sinceHistory,
    @Nullable Long captioned,
    long seenAt) {

  void write(StoredOutput out) throws IOException {
    out.text(model);
    out.numbers(times);
    out.numbers(sizes);
    out.numberOrNull(forgotten);
    out.number(sinceHistory);
    out.numberOrNull(captioned);
    out.number(seenAt);
  }

  static StoredStreamV1 read(StoredInput in) throws IOException {
    return new StoredStreamV1(
        in.text(),
        in.numbers(),
        in.numbers(),
        in.numberOrNull(),
        in.shortNumber(),
        in.numberOrNull(),
        in.number());
  }
}
