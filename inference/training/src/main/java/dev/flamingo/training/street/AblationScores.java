package dev.flamingo.training.street;

import java.util.List;

/**
 * What a row's model can do after four shots, on the street's counterparts of the paper's
 * benchmarks.
 *
 * @param pictureCaptions CIDEr-D of single frames' captions, as COCO
 * @param pictureAnswers share of questions about single frames that are answered exactly, as VQAv2
 * @param words share of glyphs that are named by the word that the shots bind to them: pages teach
 *     it
 * @param clipCaptions CIDEr-D of clips' captions, as VATEX
 * @param loss nats a token of what would be right to say of frames and clips: it separates small
 *     models that answer little right yet
 */
public record AblationScores(
    double pictureCaptions, double pictureAnswers, double words, double clipCaptions, double loss) {

  /** Returns the mean of the scores over those of a baseline, in percent. */
  public double over(AblationScores baseline) {
    List<Double> own = values();
    List<Double> its = baseline.values();
    double sum = 0;
    for (int i = 0; i < own.size(); i++) {
      // A score of zero of the baseline cannot rate a change.
      sum += its.get(i) > 0 ? own.get(i) / its.get(i) : 1;
    }
    return 100 * sum / own.size();
  }

  private List<Double> values() {
    return List.of(pictureCaptions, pictureAnswers, words, clipCaptions);
  }
}
