package dev.flamingo.job.answer;

import dev.flamingo.events.CaptureClock;
import dev.flamingo.job.state.StoredRegistrationV1;
import dev.flamingo.job.state.StoredTypes;
import dev.flamingo.job.video.EncodedFrame;
import dev.flamingo.job.video.IdleStreams;
import java.util.Objects;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.TimerService;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the current stream: its registration and its frames. They are forgotten when it
 * leaves the registry, or when nothing has been read of it for as long as its history lasts.
 */
final class StreamMemory {

  /** A frame stands for the second that it begins. */
  private static final long FRAME_MILLIS = 1_000;

  private final ValueState<StoredRegistrationV1> registration;
  private final RecentFrames frames;
  private final CaptionTimes captions;
  private final IdleStreams idle;

  StreamMemory(RuntimeContext context, MemoryLimits memory, CaptionTimes captions, long openedAt) {
    this.captions = captions;
    frames = new RecentFrames(context, memory);
    idle = new IdleStreams(memory.kept(), openedAt);
    registration =
        context.getState(
            new ValueStateDescriptor<>("registration", StoredTypes.REGISTRATION.info()));
  }

  RecentFrames frames() {
    return frames;
  }

  /**
   * Takes what the registry says.
   *
   * @return whether the stream has left it and is forgotten; one that was registered again
   *     meanwhile has newer frames, and is not
   */
  boolean register(StreamNews.Registration news) throws Exception {
    boolean leaves = !news.registered() && registration.value() != null;
    if (news.registered()) {
      registration.update(new StoredRegistrationV1(news.captions()));
    } else {
      registration.clear();
    }
    Long newest = frames.newest();
    if (!leaves || newest == null || newest > news.time()) {
      return false;
    }
    frames.clear();
    return true;
  }

  /**
   * Adds a frame.
   *
   * @return the window of the history that it completes, or null
   */
  @Nullable AskedWindow put(EncodedFrame frame, TimerService timers) throws Exception {
    idle.read(frames.seenAt(), timers);
    return frames.put(
        frame, Objects.requireNonNull(frame.features()), timers.currentProcessingTime());
  }

  /**
   * Forgets the stream, when one of its timers fires, if nothing has been read of it for long.
   *
   * @return whether it did
   */
  boolean forgetIdle(TimerService timers) throws Exception {
    Long seenAt = frames.seenAt();
    if (seenAt == null || !idle.isForgotten(seenAt, timers)) {
      return false;
    }
    frames.clear();
    return true;
  }

  /** Returns the newest window if it is to be captioned, once; else null. */
  @Nullable AskedWindow caption(String stream) throws Exception {
    StoredRegistrationV1 registered = registration.value();
    Long newest = frames.newest();
    if (registered == null || !registered.captions() || newest == null) {
      return null;
    }
    Long last = frames.captioned();
    AskedWindow window =
        last == null || captions.isDue(stream, last, newest) ? frames.newestWindow() : null;
    if (window != null) {
      frames.caption();
    }
    return window;
  }

  /** Returns whether a frame is newer than all before, or the camera's clock was put back. */
  boolean isNew(EncodedFrame frame) throws Exception {
    Long newest = frames.newest();
    return newest == null || frame.time() > newest || CaptureClock.wasPutBack(newest, frame.time());
  }

  boolean hasReached(long moment) throws Exception {
    Long newest = frames.newest();
    return newest != null && newest + FRAME_MILLIS > moment;
  }

  /** Returns whether the stream is registered or was seen lately. */
  boolean isKnown() throws Exception {
    return registration.value() != null || frames.newest() != null;
  }
}
