package dev.flamingo.ingest;

import dev.flamingo.events.StreamState;
import dev.flamingo.ingest.video.SampledFrame;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a stream delivered. */
final class RecordingOutlet implements StreamOutlet {

  private final List<String> states = new CopyOnWriteArrayList<>();
  private final List<SampledFrame> frames = new CopyOnWriteArrayList<>();

  List<String> states() {
    return states;
  }

  List<SampledFrame> frames() {
    return frames;
  }

  @Override
  public void frame(SampledFrame frame, boolean live) {
    frames.add(frame);
  }

  @Override
  public void status(StreamState state, String reason) {
    states.add(reason.isEmpty() ? state.toString() : state + ": " + reason);
  }

  @Override
  public void forget() {
    states.add("forgotten");
  }

  @Override
  public void awaitDelivered() {}

  @Override
  public long dropped() {
    return 5;
  }
}
