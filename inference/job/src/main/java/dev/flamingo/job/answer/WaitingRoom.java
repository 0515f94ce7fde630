package dev.flamingo.job.answer;

import dev.flamingo.job.state.StoredQuestionV1;
import dev.flamingo.job.state.StoredTotalV1;
import dev.flamingo.job.state.StoredTypes;
import dev.flamingo.job.state.StoredWaitV1;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/**
 * Questions that wait, in the state of their streams, bounded in number and in bytes of images over
 * all streams of a subtask. The bounds hold after a restore, too: what waits at a stream is counted
 * when something happens to the stream, and until then the total of the checkpoint counts.
 */
final class WaitingRoom {

  /** A question may bring images of most of a megabyte. */
  private static final long MOST_BYTES = 64L << 20;

  private final int most;
  private final long openedAt;
  private final long settledAt;
  private final ListState<StoredTotalV1> saved;
  private final MapState<String, StoredQuestionV1> questions;
  private final MapState<String, StoredWaitV1> waits;
  private final ValueState<Long> countedBy;
  private WaitingTotal counted = WaitingTotal.NONE;
  private WaitingTotal uncounted = WaitingTotal.NONE;

  /**
   * Opens the room with what a checkpoint left in it.
   *
   * @param name of its states
   * @param openedAt now, milliseconds since 1970
   */
  WaitingRoom(
      RuntimeContext context,
      OperatorStateStore operator,
      String name,
      AnswerLimits limits,
      long openedAt)
      throws Exception {
    most = limits.waiting();
    this.openedAt = openedAt;
    // By then every stream with waiting questions has been woken.
    settledAt = openedAt + limits.startGrace().plus(limits.grace()).toMillis();
    questions =
        context.getMapState(
            new MapStateDescriptor<>(name, Types.STRING, StoredTypes.QUESTION.info()));
    waits =
        context.getMapState(
            new MapStateDescriptor<>(name + "-waits", Types.STRING, StoredTypes.WAIT.info()));
    countedBy = context.getState(new ValueStateDescriptor<>(name + "-counted", Types.LONG));
    saved =
        operator.getListState(new ListStateDescriptor<>(name + "-total", StoredTypes.TOTAL.info()));
    for (StoredTotalV1 total : saved.get()) {
      uncounted = uncounted.plus(WaitingTotal.of(total));
    }
  }

  /** Writes down how much waits. */
  void snapshot() throws Exception {
    saved.update(List.of(counted.plus(uncounted).stored()));
  }

  /** Counts what waits at the current stream since before this operator was opened. */
  void enter(long now) throws Exception {
    Long by = countedBy.value();
    if (by != null && by != openedAt) {
      WaitingTotal here = WaitingTotal.NONE;
      for (StoredWaitV1 wait : waits.values()) {
        here = here.plus(new WaitingTotal(1, wait.bytes()));
      }
      counted = counted.plus(here);
      uncounted = uncounted.minus(here);
      countedBy.update(openedAt);
    }
    if (now > settledAt) {
      uncounted = WaitingTotal.NONE;
    }
  }

  int size() {
    return counted.plus(uncounted).questions();
  }

  /** Returns why a question finds no room, in a sentence; null where it does. */
  @Nullable String refusal(AskedQuestion asked) {
    WaitingTotal all = counted.plus(uncounted);
    if (all.questions() >= most) {
      return "%d questions are waiting already: ask again later".formatted(all.questions());
    }
    return asked.imageBytes() > 0 && all.bytes() + asked.imageBytes() > MOST_BYTES
        ? "the examples of all questions that wait are too large together: ask again later"
        : null;
  }

  boolean contains(String id) throws Exception {
    return waits.contains(id);
  }

  /** Lets a question of the current stream wait. */
  Wait admit(AskedQuestion asked, long until) throws Exception {
    Wait wait = new Wait(asked.time(), until, asked.deadline(), asked.imageBytes());
    questions.put(asked.id(), asked.stored());
    waits.put(asked.id(), wait.stored());
    countedBy.update(openedAt);
    counted = counted.plus(new WaitingTotal(1, wait.bytes()));
    return wait;
  }

  /** Lets it wait for another time. */
  void admitAgain(String id, Wait wait) throws Exception {
    waits.put(id, wait.stored());
  }

  /** Returns how long the questions of the current stream wait, by id. */
  Map<String, Wait> waits() throws Exception {
    Map<String, Wait> all = new HashMap<>();
    for (Map.Entry<String, StoredWaitV1> wait : waits.entries()) {
      all.put(wait.getKey(), Wait.of(wait.getValue()));
    }
    return all;
  }

  @Nullable AskedQuestion get(String id) throws Exception {
    StoredQuestionV1 stored = questions.get(id);
    return stored == null ? null : AskedQuestion.of(stored);
  }

  /** Takes a question of the current stream out; null where it is not there. */
  @Nullable AskedQuestion take(String id) throws Exception {
    StoredWaitV1 wait = waits.get(id);
    AskedQuestion asked = get(id);
    if (wait != null) {
      waits.remove(id);
      questions.remove(id);
      counted = counted.minus(new WaitingTotal(1, wait.bytes()));
      if (waits.isEmpty()) {
        countedBy.clear();
      }
    }
    return asked;
  }
}
