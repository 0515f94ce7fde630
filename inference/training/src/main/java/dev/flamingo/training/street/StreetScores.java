package dev.flamingo.training.street;

import java.util.Map;

/**
 * What an evaluation found; all fractions from 0 to 1.
 *
 * @param weights how the language model kept its weights
 * @param overall share of questions answered exactly
 * @param blind the same questions without any picture: what guessing from the words is worth
 * @param shuffled the same with the window's frames in another order
 * @param reversed share of the questions about motion, order and the light's change that are still
 *     answered as before when the frames come backwards: low for a model that goes by time
 * @param timeless share of these questions whose right answer is the same backwards, as where a
 *     thing goes that stands: what a model without fault has as {@code reversed}
 * @param empty share of questions about empty streets answered exactly
 * @param heldOut share on the questions that turn on one of the held-out pairs of colour and kind:
 *     which colour its kind has, and what has its colour
 * @param families share by question family
 * @param captions the captions' scores
 * @param calibration what the answers' confidence is worth
 * @param fewShot glyphs by number of shots
 * @param untaught questions that training never asked, without and with shots
 * @param clips number of clips
 * @param seed which clips
 */
public record StreetScores(
    String weights,
    double overall,
    double blind,
    double shuffled,
    double reversed,
    double timeless,
    double empty,
    double heldOut,
    Map<String, Double> families,
    Captions captions,
    Calibration calibration,
    Map<Integer, FewShot> fewShot,
    Untaught untaught,
    int clips,
    long seed) {

  /**
   * How well captions fit.
   *
   * @param exact share of captions that are right in every word
   */
  public record Captions(double exact) {}

  /**
   * How well confidence separates right answers from wrong ones.
   *
   * @param error expected calibration error over ten bins of confidence
   * @param confident share of right answers among those of a confidence above 0.9
   * @param confidentShare how many of all answers these are
   */
  public record Calibration(double error, double confident, double confidentShare) {}

  /**
   * Glyphs and words that training never bound, named after some shots.
   *
   * @param ways how many words there are to choose from
   * @param exact share of answers that are the right word
   * @param among share where the right word is the most probable of the ways
   * @param relied share of answers that are the right word and not marked as unfamiliar; the same
   *     as {@code exact} where the bundle has no statistics
   */
  public record FewShot(int ways, double exact, double among, double relied) {}

  /**
   * Questions about clips that are taught in context alone.
   *
   * @param zeroShot share of right answers without shots
   * @param fourShot share after four
   */
  public record Untaught(double zeroShot, double fourShot) {}
}
