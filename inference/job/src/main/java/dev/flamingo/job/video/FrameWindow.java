package dev.flamingo.job.video;

/**
 * A window whose frames are encoded and not yet resampled.
 *
 * @param stream which camera
 * @param frames when they were captured, oldest first, milliseconds since 1970
 * @param features of every frame
 * @param model name and hash of the model that encoded them
 * @param history whether it is one of the windows that do not overlap
 */
public record FrameWindow(
    String stream, long[] frames, byte[][] features, String model, boolean history) {}
