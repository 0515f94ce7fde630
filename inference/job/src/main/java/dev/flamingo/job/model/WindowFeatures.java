package dev.flamingo.job.model;

import java.util.List;

/**
 * The features of a window's frames.
 *
 * @param frames oldest first
 */
public record WindowFeatures(List<byte[]> frames) {}
