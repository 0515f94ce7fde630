package dev.flamingo.ingest.video;

import java.time.Instant;

/**
 * One picture out of one second of video, ready for the model.
 *
 * @param index position among the frames of this opening of the source, from 0
 * @param captureTime when the picture was seen: the wall clock for live sources, start plus
 *     presentation time for files
 * @param ptsMs milliseconds of presentation time since the source's first picture
 * @param width pixels
 * @param height pixels
 * @param jpeg a complete JPEG file; shared, not to be changed
 */
// A picture is megabytes an hour: hiding the array behind copies would double the traffic.
public record SampledFrame(
    long index, Instant captureTime, long ptsMs, int width, int height, byte[] jpeg) {}
