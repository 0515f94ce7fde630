package dev.flamingo.ingest;

import dev.flamingo.ingest.video.FrameSource;
import dev.flamingo.ingest.video.SourceHistory;

/** Opens a source by its address, as {@link dev.flamingo.ingest.video.FrameSources#open} does. */
@FunctionalInterface
interface SourceOpener {

  /**
   * Opens a source.
   *
   * @param uri the address
   * @param history what earlier openings have shown; updated by this one
   * @throws IllegalArgumentException if the address can never work
   * @throws dev.flamingo.ingest.video.VideoException if it does not work now
   */
  FrameSource open(String uri, SourceHistory history);
}
