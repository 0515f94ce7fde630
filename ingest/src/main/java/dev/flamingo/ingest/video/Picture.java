package dev.flamingo.ingest.video;

/**
 * One picture of a video, decoded or not.
 *
 * @param number tells it from every other picture of the same reading
 * @param pts its timestamp as the stream says it; FFmpeg's mark for none if it does not
 * @param micros its presentation time in microseconds, from any origin
 * @param durationMicros how long it stays on the screen, in microseconds
 */
record Picture(long number, long pts, long micros, long durationMicros) {}
