package dev.flamingo.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A bundle that the job serves; its name is the record's key. The job writes it when it starts, and
 * again and again while it runs.
 *
 * @param hash of the weights
 * @param frameSize side of the model's pictures in pixels
 * @param windowFrames frames in a window
 * @param suggestions questions that fit the model, to be offered to people; may be empty
 * @param familiarity whether answers carry {@link Answer#familiar}: only a bundle with statistics
 *     of what it was trained on is measured
 * @param heartbeat when the job last served it
 */
public record ServedModel(
    @JsonProperty(required = true) String hash,
    @JsonProperty(required = true) int frameSize,
    @JsonProperty(required = true) int windowFrames,
    List<String> suggestions,
    boolean familiarity,
    @JsonProperty(required = true) Instant heartbeat) {

  /**
   * Checks the fields.
   *
   * @throws IllegalArgumentException if something is missing or impossible
   */
  public ServedModel {
    if (hash == null || heartbeat == null || frameSize < 1 || windowFrames < 1) {
      throw new IllegalArgumentException(
          "a served model needs a hash, a heartbeat, a frameSize and windowFrames of at least 1");
    }
    suggestions =
        suggestions == null ? List.of() : suggestions.stream().filter(Objects::nonNull).toList();
  }
}
