package dev.flamingo.model.familiarity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Fits {@link PictureStatistics}: what was trained on first, then what validates it. */
public final class PictureFit {

  private static final int PICTURE_MEANS = 64;
  private static final double FAMILIAR_PICTURES = .99;

  /** How much farther than the farthest validation clip a window may be and still be familiar. */
  private static final double MARGIN = 1.25;

  private final int channels;
  private final Gaussians clips;
  private final Gaussians pictures;

  private PictureFit(int channels, Gaussians clips, Gaussians pictures) {
    this.channels = channels;
    this.clips = clips;
    this.pictures = pictures;
  }

  /** Collects frames of a training, as short summaries. */
  public static final class Samples {

    private final int channels;
    private final List<float[]> clipFrames = new ArrayList<>();
    private final List<float[]> pictures = new ArrayList<>();

    /**
     * Makes an empty collection.
     *
     * @param channels of a patch
     */
    public Samples(int channels) {
      this.channels = channels;
    }

    /** Adds a frame of a clip, {@code [patches, channels]}. */
    public void addClipFrame(float[] features) {
      clipFrames.add(FrameSummary.of(features, channels));
    }

    /** Adds a single picture, {@code [patches, channels]}. */
    public void addPicture(float[] features) {
      pictures.add(FrameSummary.of(features, channels));
    }

    /** Fits what was added so far; there are many more samples than channels. */
    public PictureFit fit(long seed) {
      return new PictureFit(
          channels,
          FamiliarityFile.stored(new GaussianFit(clipFrames).fit(1, seed)),
          FamiliarityFile.stored(new GaussianFit(pictures).fit(PICTURE_MEANS, seed)));
    }
  }

  /**
   * Finds the thresholds: of clips a quarter above the farthest validation clip, for every number
   * of frames from 1 on; of single pictures the nearest 99 of 100.
   *
   * @param validationClips features of the frames of clips of one length, none of them trained on
   * @param validationPictures features of pictures
   */
  public PictureStatistics statistics(
      List<List<float[]>> validationClips, List<float[]> validationPictures) {
    int longest = validationClips.get(0).size();
    double[] farthest = new double[longest];
    for (List<float[]> clip : validationClips) {
      double sum = 0;
      for (int frame = 0; frame < longest; frame++) {
        sum += clips.distance(FrameSummary.of(clip.get(frame), channels));
        farthest[frame] = Math.max(farthest[frame], sum / (frame + 1));
      }
    }
    List<Double> thresholds = new ArrayList<>();
    for (double distance : farthest) {
      thresholds.add(MARGIN * distance);
    }
    List<Double> distances = new ArrayList<>();
    for (float[] picture : validationPictures) {
      distances.add(pictures.distance(FrameSummary.of(picture, channels)));
    }
    Collections.sort(distances);
    double threshold = distances.get((int) (FAMILIAR_PICTURES * (distances.size() - 1)));
    return new PictureStatistics(channels, clips, thresholds, pictures, threshold);
  }
}
