package dev.flamingo.ingest.video;

/**
 * A complete JPEG file.
 *
 * @param width pixels in a row
 * @param height rows
 * @param bytes shared, not to be changed
 */
// Megabytes an hour: hiding the array behind copies would double the traffic.
public record Jpeg(int width, int height, byte[] bytes) {}
