package dev.flamingo.job.answer;

import dev.flamingo.events.ErrorCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what a question and its examples look at, among the windows of the current stream. */
final class Settler {

  private final WindowChooser chooser;
  private final RecentFrames frames;

  Settler(WindowChooser chooser, RecentFrames frames) {
    this.chooser = chooser;
    this.frames = frames;
  }

  /**
   * Settles a question whose stream has reached its moment, or has stood still for long enough.
   *
   * @param known whether the stream is registered or was ever seen
   * @param now milliseconds since 1970
   */
  Settled settle(AskedQuestion asked, boolean known, long now) throws Exception {
    AskedWindow window = kept(chooser.choose(frames.spans(), asked));
    if (window == null) {
      return known
          ? Settled.failed(
              ErrorCode.NO_VIDEO,
              "stream '%s' has no frames of that time: wait for its video, or ask about another moment"
                  .formatted(asked.stream()))
          : Settled.failed(
              ErrorCode.UNKNOWN_STREAM,
              "nobody registered a stream '%s': look at the list of streams"
                  .formatted(asked.stream()));
    }
    ShownExample[] examples = new ShownExample[asked.examples().length];
    for (int i = 0; i < examples.length; i++) {
      ShownExample shown = show(asked.examples()[i], asked.time());
      if (shown == null) {
        return Settled.failed(
            ErrorCode.NO_VIDEO,
            "stream '%s' has no frames of the window of example %d: show another one, or an image"
                .formatted(asked.stream(), i + 1));
      }
      examples[i] = shown;
    }
    return Settled.with(AnswerTask.question(asked, now, window, examples));
  }

  /** Returns the example with what it shows, or null where its window is not kept. */
  private @Nullable ShownExample show(AskedExample example, long now) throws Exception {
    Long from = example.from();
    Long to = example.to();
    if (from == null || to == null) {
      return new ShownExample(example.image(), null, example.question(), example.answer());
    }
    AskedWindow window = kept(chooser.choose(frames.spans(), from, to, now));
    return window == null
        ? null
        : new ShownExample(null, window, example.question(), example.answer());
  }

  private @Nullable AskedWindow kept(Optional<WindowSpan> span) throws Exception {
    return span.isPresent() ? frames.window(span.get()) : null;
  }
}
