package dev.flamingo.ingest;

import dev.flamingo.ingest.video.FrameSource;
import dev.flamingo.ingest.video.SourceHistory;

/** Opens a stream's source, as {@link dev.flamingo.ingest.video.FrameSources#open} does. */
@FunctionalInterface
interface SourceOpener {

  /**
   * Opens a source.
   *
   * @param entry the stream
   * @param history what earlier openings have shown; updated by this one
   * @throws InterruptedException if interrupted while it waits for what it needs
   * @throws IllegalArgumentException if the address can never work
   * @throws dev.flamingo.ingest.video.VideoException if it does not work now
   */
  FrameSource open(RegistryEntry entry, SourceHistory history) throws InterruptedException;
}
