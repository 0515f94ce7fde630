package dev.flamingo.model.familiarity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Fits {@link PictureStatistics} to frames of a training. All thresholds come from validation
 * clips; single pictures have none of their own.
 */
public final class PictureFit {

  private static final int CLIP_MEANS = 512;
  private static final int PICTURE_MEANS = 2_560;
  private static final int SAMPLES_OF_A_MEAN = 20;

  /** The share of the validation clips' windows that the thresholds of clips come from. */
  private static final double FAMILIAR_WINDOWS = .999;

  /** How much farther a window may be and still be familiar: other things are much farther. */
  private static final double MARGIN = 2;

  /**
   * The share of the validation clips' frames that lie as near to the clips as a familiar picture
   * to the pictures. Other pictures are not much farther, so there is no margin.
   */
  private static final double FAMILIAR_PICTURES = .99;

  private final int channels;
  private final List<float[]> clipFrames = new ArrayList<>();
  private final List<float[]> pictures = new ArrayList<>();
  private final List<List<float[]>> validation = new ArrayList<>();

  /**
   * Makes a fit to nothing yet.
   *
   * @param channels of a patch
   */
  public PictureFit(int channels) {
    this.channels = channels;
  }

  /** Adds a frame of a clip that was trained on, {@code [patches, channels]}. */
  public void addClipFrame(float[] features) {
    clipFrames.add(FrameSummary.of(features, channels));
  }

  /** Adds a single picture that was trained on, {@code [patches, channels]}. */
  public void addPicture(float[] features) {
    pictures.add(FrameSummary.of(features, channels));
  }

  /** Adds the frames of a clip that was not trained on; all of these clips have one length. */
  public void addValidationClip(List<float[]> frames) {
    validation.add(frames.stream().map(frame -> FrameSummary.of(frame, channels)).toList());
  }

  /**
   * Fits what was added; there are many more frames and pictures than channels.
   *
   * @param seed where the means start
   */
  public PictureStatistics fit(long seed) {
    Gaussians clips = new GaussianFit(clipFrames).fit(means(clipFrames, CLIP_MEANS), seed);
    List<List<Double>> distances =
        validation.stream().map(clip -> clip.stream().map(clips::distance).toList()).toList();
    List<Double> thresholds = new ArrayList<>();
    for (int length = 1; length <= validation.get(0).size(); length++) {
      thresholds.add(MARGIN * quantile(windows(distances, length), FAMILIAR_WINDOWS));
    }
    return new PictureStatistics(
        channels,
        clips,
        thresholds,
        new GaussianFit(pictures).fit(means(pictures, PICTURE_MEANS), seed),
        quantile(windows(distances, 1), FAMILIAR_PICTURES));
  }

  private static int means(List<float[]> samples, int most) {
    return Math.max(1, Math.min(most, samples.size() / SAMPLES_OF_A_MEAN));
  }

  /** Returns the mean distance of every window of so many frames. */
  private static List<Double> windows(List<List<Double>> clips, int length) {
    List<Double> means = new ArrayList<>();
    for (List<Double> clip : clips) {
      for (int from = 0; from + length <= clip.size(); from++) {
        double sum = 0;
        for (double distance : clip.subList(from, from + length)) {
          sum += distance;
        }
        means.add(sum / length);
      }
    }
    return means;
  }

  private static double quantile(List<Double> values, double share) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get((int) (share * (sorted.size() - 1)));
  }
}
