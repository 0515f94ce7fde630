package dev.flamingo.standalone.video;

import dev.flamingo.model.serving.VisualTokens;
import java.time.Instant;
import java.util.List;

/**
 * A window of a video file.
 *
 * @param frames when its frames are shown, as time since the video's start
 * @param tokens what the model sees of it
 */
record FileWindow(List<Instant> frames, VisualTokens tokens) {

  Instant from() {
    return frames.get(0);
  }

  Instant to() {
    return frames.get(frames.size() - 1);
  }
}
