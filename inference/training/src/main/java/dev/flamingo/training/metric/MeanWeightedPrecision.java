package dev.flamingo.training.metric;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The mWAP of RareAct: for every action average precision over clips, in which all clips of one
 * video together count once among the positives, once among the negatives and once among the hard
 * negatives; then the mean over the actions that have a positive.
 */
public final class MeanWeightedPrecision {

  private final AveragePrecision precision = new AveragePrecision();

  /** What a clip is to an action. */
  public enum Kind {
    /** It shows the action. */
    POSITIVE,
    /** It shows neither its verb nor its noun. */
    NEGATIVE,
    /** It shows its verb or its noun, or both, but not one done to the other. */
    HARD_NEGATIVE;

    private static final int MOST = 4;

    /**
     * Returns what RareAct's labels mean: 1 is positive, 0 negative, 2 to 4 hard negative.
     *
     * @return nothing if there is no such label
     */
    public static Optional<Kind> ofLabel(double label) {
      if (label != Math.rint(label) || label < 0 || label > MOST) {
        return Optional.empty();
      }
      return Optional.of(label == 1 ? POSITIVE : label == 0 ? NEGATIVE : HARD_NEGATIVE);
    }
  }

  /**
   * A clip's score for an action.
   *
   * @param action for which
   * @param video of which it is a part
   * @param score the model's, higher where it believes
   * @param kind what is true
   */
  public record Clip(String action, String video, double score, Kind kind) {}

  /**
   * Measures scores.
   *
   * @return 0 to 1
   * @throws IllegalArgumentException if no action has a positive
   */
  public double of(List<Clip> clips) {
    Map<String, List<Clip>> actions =
        clips.stream()
            .collect(Collectors.groupingBy(Clip::action, LinkedHashMap::new, Collectors.toList()));
    double sum = 0;
    int counted = 0;
    for (List<Clip> action : actions.values()) {
      if (action.stream().anyMatch(clip -> clip.kind() == Kind.POSITIVE)) {
        sum += precision.of(judge(action));
        counted++;
      }
    }
    if (counted == 0) {
      throw new IllegalArgumentException(
          "none of %d actions has a positive clip: mWAP needs one".formatted(actions.size()));
    }
    return sum / counted;
  }

  private static List<Judged> judge(List<Clip> clips) {
    record Share(String video, Kind kind) {}
    Map<Share, Long> shares =
        clips.stream()
            .collect(
                Collectors.groupingBy(
                    clip -> new Share(clip.video(), clip.kind()), Collectors.counting()));
    List<Judged> judged = new ArrayList<>();
    for (Clip clip : clips) {
      long together = shares.getOrDefault(new Share(clip.video(), clip.kind()), 1L);
      judged.add(new Judged(clip.score(), clip.kind() == Kind.POSITIVE, 1.0 / together));
    }
    return judged;
  }
}
