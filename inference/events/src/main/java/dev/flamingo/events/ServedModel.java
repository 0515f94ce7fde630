package dev.flamingo.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A bundle that the job serves; its name is the record's key. The job writes it when it starts, and
 * again and again while it runs. Ingest makes frames in the form that it names.
 *
 * @param hash of the weights
 * @param frameSize side of the model's square pictures in pixels
 * @param resize how a picture of another aspect becomes a square
 * @param padding red, green and blue, 0 to 255, of what {@link ResizeRule#FIT} leaves free
 * @param windowFrames frames in a window
 * @param frameSpacingMs milliseconds between two frames of a window
 * @param suggestions questions that fit the model, to be offered to people; may be empty
 * @param familiarity whether answers carry {@link Answer#familiar}: only a bundle with statistics
 *     of what it was trained on is measured
 * @param heartbeat when the job last served it
 */
public record ServedModel(
    @JsonProperty(required = true) String hash,
    @JsonProperty(required = true) int frameSize,
    ResizeRule resize,
    List<Integer> padding,
    @JsonProperty(required = true) int windowFrames,
    int frameSpacingMs,
    List<String> suggestions,
    boolean familiarity,
    @JsonProperty(required = true) Instant heartbeat) {

  /** The time between two frames where a record does not name it. */
  public static final int DEFAULT_SPACING_MS = 1_000;

  private static final List<Integer> GREY = List.of(128, 128, 128);
  private static final int LARGEST_FRAME = 4_096;

  /**
   * Checks the fields; what an earlier release left out gets its default.
   *
   * @throws IllegalArgumentException if something is missing or impossible
   */
  public ServedModel {
    if (hash == null || heartbeat == null || frameSize < 1 || windowFrames < 1) {
      throw new IllegalArgumentException(
          "a served model needs a hash, a heartbeat, a frameSize and windowFrames of at least 1");
    }
    resize = resize == null ? ResizeRule.FIT : resize;
    padding = padding == null ? GREY : List.copyOf(padding);
    frameSpacingMs = frameSpacingMs == 0 ? DEFAULT_SPACING_MS : frameSpacingMs;
    suggestions =
        suggestions == null ? List.of() : suggestions.stream().filter(Objects::nonNull).toList();
    if (frameSize > LARGEST_FRAME) {
      throw new IllegalArgumentException(
          "a frameSize is at most %d pixels, not %d".formatted(LARGEST_FRAME, frameSize));
    }
    if (padding.size() != 3 || padding.stream().anyMatch(value -> value < 0 || value > 255)) {
      throw new IllegalArgumentException(
          "a padding is red, green and blue from 0 to 255, not " + padding);
    }
    if (frameSpacingMs < 0) {
      throw new IllegalArgumentException(
          "a frameSpacingMs is a positive number of milliseconds, not " + frameSpacingMs);
    }
  }

  /** Returns the name under which answers and frames refer to a model: {@code name@hash}. */
  public static String id(String name, String hash) {
    return name + "@" + hash;
  }
}
