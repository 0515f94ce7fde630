package dev.flamingo.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A registered stream; its id is the record's key.
 *
 * @param uri where the video comes from; may hold credentials
 * @param enabled whether it is sampled
 * @param captions whether it is captioned live
 * @param labels free text for people
 * @param snapshotSeconds seconds between two pictures for people
 */
public record StreamSpec(
    @JsonProperty(required = true) String uri,
    boolean enabled,
    boolean captions,
    Map<String, String> labels,
    int snapshotSeconds) {

  /** Seconds between two pictures where a stream does not set them. */
  public static final int DEFAULT_SNAPSHOT_SECONDS = 2;

  private static final int LONGEST_SNAPSHOT_SECONDS = 60;
  private static final int LONGEST_URI = 2_000;
  private static final int MOST_LABELS = 32;

  /**
   * Checks the fields; what is left out is enabled, without captions and labels.
   *
   * @throws IllegalArgumentException if there is no uri, a label without a text, or too much of
   *     something
   */
  public StreamSpec {
    if (uri == null || uri.isBlank() || uri.length() > LONGEST_URI) {
      throw new IllegalArgumentException(
          "a stream needs a uri of 1 to %d characters".formatted(LONGEST_URI));
    }
    if (labels != null && labels.values().stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("a label needs a text: leave out what has none");
    }
    labels = labels == null ? Map.of() : Map.copyOf(labels);
    if (labels.size() > MOST_LABELS) {
      throw new IllegalArgumentException(
          "a stream has at most %d labels, not %d".formatted(MOST_LABELS, labels.size()));
    }
    if (snapshotSeconds < 1 || snapshotSeconds > LONGEST_SNAPSHOT_SECONDS) {
      throw new IllegalArgumentException(
          "snapshotSeconds is 1 to %d, not %d"
              .formatted(LONGEST_SNAPSHOT_SECONDS, snapshotSeconds));
    }
  }

  /** A stream with the usual pictures for people. */
  public StreamSpec(String uri, boolean enabled, boolean captions, Map<String, String> labels) {
    this(uri, enabled, captions, labels, DEFAULT_SNAPSHOT_SECONDS);
  }

  @JsonCreator
  static StreamSpec read(
      @JsonProperty("uri") String uri,
      @JsonProperty("enabled") @Nullable Boolean enabled,
      @JsonProperty("captions") @Nullable Boolean captions,
      @JsonProperty("labels") @Nullable Map<String, String> labels,
      @JsonProperty("snapshotSeconds") @Nullable Integer snapshotSeconds) {
    return new StreamSpec(
        uri,
        enabled == null || enabled,
        captions != null && captions,
        labels == null ? Map.of() : labels,
        snapshotSeconds == null ? DEFAULT_SNAPSHOT_SECONDS : snapshotSeconds);
  }

  @Override
  public String toString() {
    return "StreamSpec["
        + RedactedUri.of(uri)
        + ", enabled="
        + enabled
        + ", captions="
        + captions
        + "]";
  }
}
