package dev.flamingo.job.model;

import java.util.List;

/**
 * What others may know of a model that is served.
 *
 * @param name of the bundle
 * @param hash of its weights
 * @param frameSize side of its pictures in pixels
 * @param windowFrames frames in a window
 * @param suggestions questions that fit it
 * @param familiarity whether its answers are measured
 */
public record ModelDescription(
    String name,
    String hash,
    int frameSize,
    int windowFrames,
    List<String> suggestions,
    boolean familiarity) {}
