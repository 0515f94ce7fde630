package dev.flamingo.job.model;

import dev.flamingo.events.ResizeRule;
import dev.flamingo.events.ServedModel;
import java.util.List;

/**
 * What others may know of a model that is served.
 *
 * @param name of the bundle
 * @param hash of its weights
 * @param frameSize side of its pictures in pixels
 * @param resize how a picture of another aspect becomes a square
 * @param padding red, green and blue, 0 to 255, of what a whole picture leaves free
 * @param windowFrames frames in a window
 * @param suggestions questions that fit it
 * @param familiarity whether its answers are measured
 */
public record ModelDescription(
    String name,
    String hash,
    int frameSize,
    ResizeRule resize,
    List<Integer> padding,
    int windowFrames,
    List<String> suggestions,
    boolean familiarity) {

  /** Returns the name under which answers and frames refer to it. */
  public String id() {
    return ServedModel.id(name, hash);
  }
}
