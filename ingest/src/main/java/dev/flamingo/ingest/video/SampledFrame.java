package dev.flamingo.ingest.video;

import java.time.Instant;

/**
 * One picture out of one second of video.
 *
 * @param index position among the frames of this opening of the source, from 0
 * @param captureTime when the picture was seen: the wall clock for live sources, start plus
 *     presentation time for files
 * @param ptsMs milliseconds of presentation time since the source's first picture
 * @param taken the picture for the model, and at times for people
 */
public record SampledFrame(long index, Instant captureTime, long ptsMs, TakenPicture taken) {

  /**
   * The frame for the model; shared, not to be changed.
   *
   * @throws java.util.NoSuchElementException if no model wanted frames
   */
  public byte[] jpeg() {
    return taken.frame().orElseThrow().jpeg().bytes();
  }
}
