package dev.flamingo.ingest;

import dev.flamingo.events.StreamState;
import dev.flamingo.ingest.video.SampledFrame;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a stream delivered. */
final class RecordingOutlet implements StreamOutlet {

  private final List<String> states = new CopyOnWriteArrayList<>();
  private final List<SampledFrame> frames = new CopyOnWriteArrayList<>();
  private volatile String refusal = "";

  List<String> states() {
    return states;
  }

  List<SampledFrame> frames() {
    return frames;
  }

  /** Refuses the pictures that follow; takes them again if there is no reason. */
  void refuse(String reason) {
    refusal = reason;
  }

  @Override
  public String refusal() {
    return refusal;
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
