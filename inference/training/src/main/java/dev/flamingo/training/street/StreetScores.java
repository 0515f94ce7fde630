package dev.flamingo.training.street;

import java.util.Map;

/**
 * What an evaluation found; all fractions from 0 to 1.
 *
 * @param overall share of questions answered exactly
 * @param blind the same questions without any picture: what guessing from the words is worth
 * @param shuffled the same with the window's frames in another order
 * @param heldOut share on the colour questions of clips that show one of the held-out pairs of
 *     colour and kind
 * @param families share by question family
 * @param captions the captions' scores
 * @param clips number of clips
 * @param seed which clips
 */
public record StreetScores(
    double overall,
    double blind,
    double shuffled,
    double heldOut,
    Map<String, Double> families,
    Captions captions,
    int clips,
    long seed) {

  /**
   * How well captions fit.
   *
   * @param exact share of captions that are right in every word
   */
  public record Captions(double exact) {}
}
