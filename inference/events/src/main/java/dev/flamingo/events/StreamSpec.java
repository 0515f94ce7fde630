package dev.flamingo.events;

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
 */
public record StreamSpec(
    @JsonProperty(required = true) String uri,
    boolean enabled,
    boolean captions,
    Map<String, String> labels) {

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
  }

  @com.fasterxml.jackson.annotation.JsonCreator
  static StreamSpec read(
      @JsonProperty("uri") String uri,
      @JsonProperty("enabled") @Nullable Boolean enabled,
      @JsonProperty("captions") @Nullable Boolean captions,
      @JsonProperty("labels") @Nullable Map<String, String> labels) {
    return new StreamSpec(
        uri,
        enabled == null || enabled,
        captions != null && captions,
        labels == null ? Map.of() : labels);
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
