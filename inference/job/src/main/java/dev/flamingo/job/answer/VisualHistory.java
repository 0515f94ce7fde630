package dev.flamingo.job.answer;

import dev.flamingo.events.Answer;
import dev.flamingo.events.ErrorCode;
import dev.flamingo.events.Topics;
import dev.flamingo.job.kafka.SideDoor;
import dev.flamingo.job.state.StoredShelfV1;
import dev.flamingo.job.state.StoredTaskV1;
import dev.flamingo.job.state.StoredTokensV1;
import dev.flamingo.job.state.StoredTypes;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the visual tokens of streams' histories, bounded in time and bytes, and gives tasks those
 * of the windows that they look at. A window comes before the tasks that look at it: both pass
 * through the resampler in their order.
 */
public final class VisualHistory extends KeyedProcessFunction<String, VisualTask, StoredTaskV1> {

  private static final long serialVersionUID = 1;

  private final String prefix;
  private final MemoryLimits limits;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient AnswerRecords answers;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient ValueState<StoredShelfV1> shelf;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient MapState<Long, StoredTokensV1> tokens;

  /** Makes one for topics of this prefix. */
  public VisualHistory(String prefix, MemoryLimits limits) {
    this.prefix = prefix;
    this.limits = limits;
  }

  @Override
  public void open(OpenContext context) {
    answers = new AnswerRecords(new Topics(prefix));
    shelf =
        getRuntimeContext().getState(new ValueStateDescriptor<>("shelf", StoredTypes.SHELF.info()));
    tokens =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("tokens", Types.LONG, StoredTypes.TOKENS.info()));
  }

  @Override
  public void processElement(VisualTask task, Context context, Collector<StoredTaskV1> tasks)
      throws Exception {
    AskedWindow history = task.history();
    AnswerTask answer = task.answer();
    if (history != null && history.tokens() != null) {
      put(history, history.tokens());
    } else if (answer != null) {
      answer(answer, context, tasks);
    } else if (history == null) {
      shelf.clear();
      tokens.clear();
    }
  }

  private void put(AskedWindow window, byte[] file) throws Exception {
    StoredShelfV1 before = shelf.value();
    if (before == null || !before.model().equals(window.model())) {
      // One model's tokens mean nothing to another.
      tokens.clear();
      before = new StoredShelfV1(window.model(), new long[0], new long[0]);
    }
    if (tokens.contains(window.to())) {
      // It was read again after a restart.
      return;
    }
    Kept all = new Kept(before.times(), before.sizes());
    // What is ahead of it is of a clock that was put back since.
    int past = all.countBefore(window.to());
    for (int ahead = past; ahead < all.times().length; ahead++) {
      tokens.remove(all.times()[ahead]);
    }
    tokens.put(window.to(), new StoredTokensV1(file));
    Kept kept = all.oldest(past).plus(window.to(), file.length);
    int excess = kept.excess(window.to() - limits.history().toMillis(), limits.bytes() / 2);
    for (int oldest = 0; oldest < excess; oldest++) {
      tokens.remove(kept.times()[oldest]);
    }
    Kept left = kept.withoutOldest(excess);
    shelf.update(new StoredShelfV1(window.model(), left.times(), left.sizes()));
  }

  private void answer(AnswerTask task, Context context, Collector<StoredTaskV1> tasks)
      throws Exception {
    AskedWindow asked = task.window();
    AskedWindow window = asked == null ? null : kept(asked);
    ShownExample[] examples = new ShownExample[task.examples().length];
    boolean complete = asked == null || window != null;
    for (int i = 0; i < examples.length && complete; i++) {
      ShownExample example = task.examples()[i];
      AskedWindow shown = example.window() == null ? null : kept(example.window());
      complete = example.window() == null || shown != null;
      examples[i] = shown == null ? example : example.showing(shown);
    }
    if (complete) {
      tasks.collect((window == null ? task : task.showing(window, examples)).stored());
    } else if (!task.isCaption()) {
      context.output(
          SideDoor.OUTBOUND,
          answers.of(
              Answer.failed(
                  task.id(),
                  task.text(),
                  task.stream(),
                  ErrorCode.NO_VIDEO,
                  "what the question or an example of it looks at on stream '%s' is not kept any longer: ask about a later moment"
                      .formatted(task.stream())),
              Instant.ofEpochMilli(context.timerService().currentProcessingTime())));
    }
  }

  /** Returns a window with what it shows; null where that is not kept. */
  private @Nullable AskedWindow kept(AskedWindow window) throws Exception {
    if (!window.isOfHistory()) {
      return window;
    }
    StoredShelfV1 known = shelf.value();
    StoredTokensV1 kept =
        known != null && known.model().equals(window.model()) ? tokens.get(window.to()) : null;
    return kept == null ? null : window.resampled(kept.file());
  }
}
