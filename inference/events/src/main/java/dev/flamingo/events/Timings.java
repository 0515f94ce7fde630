package dev.flamingo.events;

/**
 * How long an answer took, in milliseconds.
 *
 * @param queued from its arrival to the language model's start
 * @param firstToken from its arrival to the first token
 * @param total from its arrival to the end
 * @param windowAge from the window's last frame to the moment that was asked about
 */
public record Timings(long queued, long firstToken, long total, long windowAge) {}
