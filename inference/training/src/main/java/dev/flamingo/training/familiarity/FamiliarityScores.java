package dev.flamingo.training.familiarity;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a model distinguishes what it was trained on from what it was not.
 *
 * @param street clips of the street that neither training nor thresholds saw
 * @param like what differs a little from the street's clips, and glyphs: familiar too
 * @param unfamiliar clips of other things, each of an origin of its own
 * @param footage the same of the user's own files; a file counts once, and as flagged only if all
 *     its windows are
 * @param unread files of the footage that are neither pictures nor videos
 * @param questions the street's own questions in all phrasings
 * @param madeUp questions that the street never asks
 * @param passed questions among these that were taken for the street's
 * @param seed which clips
 */
public record FamiliarityScores(
    Flagged street,
    List<Flagged> like,
    List<Clip> unfamiliar,
    List<Clip> footage,
    List<String> unread,
    Flagged questions,
    Flagged madeUp,
    List<String> passed,
    long seed) {

  /**
   * How many were flagged as unfamiliar.
   *
   * @param name of what
   * @param flagged how many
   * @param of how many there are
   */
  public record Flagged(String name, int flagged, int of) {

    static Flagged of(String name, List<Clip> clips) {
      return new Flagged(name, (int) clips.stream().filter(Clip::flagged).count(), clips.size());
    }

    /** Returns a percentage from 100 on, else both numbers. */
    public String text() {
      return of < 100
          ? "%d of %d".formatted(flagged, of)
          : "%.1f %% of %d".formatted(100.0 * flagged / of, of);
    }
  }

  /**
   * A clip.
   *
   * @param name its origin
   * @param familiarity 0 to 1; the highest of its windows
   */
  public record Clip(String name, double familiarity) {

    /** Returns whether it is unfamiliar. */
    @JsonProperty
    public boolean flagged() {
      return familiarity < .5;
    }
  }

  /** Returns how many of all other things were flagged. */
  public Flagged others() {
    List<Clip> all = new ArrayList<>(unfamiliar);
    all.addAll(footage);
    return Flagged.of("other things", all);
  }
}
