package dev.flamingo.ingest;

import dev.flamingo.events.StreamState;
import dev.flamingo.ingest.video.SampledFrame;

/** Where one stream's pictures and states go. */
interface StreamOutlet {

  /**
   * Takes a picture.
   *
   * @param frame the picture
   * @param live if there is no room, the oldest picture is lost; otherwise this call waits
   */
  void frame(SampledFrame frame, boolean live) throws InterruptedException;

  /** Takes a change of state; the latest is what counts. */
  void status(StreamState state, String reason);

  /** The stream is no more, and so is its state. */
  void forget();

  /** Waits until every picture taken so far has arrived. */
  void awaitDelivered() throws InterruptedException;

  /** Pictures lost because they could not be delivered in time or were refused. */
  long dropped();

  /** Why the last picture was refused; empty if it was not. */
  String refusal();
}
