package dev.flamingo.job.answer;

import dev.flamingo.events.Answer;
import dev.flamingo.events.CaptureClock;
import dev.flamingo.events.ErrorCode;
import dev.flamingo.events.Topics;
import dev.flamingo.job.isolation.Failures;
import dev.flamingo.job.kafka.SideDoor;
import dev.flamingo.job.video.EndedStreams;
import dev.flamingo.job.video.VisualWindow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings every question together with the window of its moment. The moment is the timestamp of the
 * question's record; a question waits until its stream has reached it, or has stood still for a
 * grace, and then takes what is there.
 */
public final class AnswerQuestions
    extends KeyedCoProcessFunction<String, StreamNews, AskedQuestion, AnswerTask>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(AnswerQuestions.class);
  private static final long FRAME_MILLIS = 1_000;
  private static final long TIMER_STEP = 20;

  private final String prefix;
  private final MemoryLimits memory;
  private final AnswerLimits limits;

  @SuppressWarnings("NullAway.Init") // set by initializeState()
  private transient OperatorStateStore operatorState;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient AnswerRecords answers;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient Settler settler;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient CaptionTimes captions;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient WindowShelf shelf;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient WaitingRoom room;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient ValueState<StreamNews.Registration> registration;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient ValueState<Long> newest;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient ValueState<Long> captioned;

  private transient long openedAt;

  /** Makes one for topics of this prefix. */
  public AnswerQuestions(String prefix, MemoryLimits memory, AnswerLimits limits) {
    this.prefix = prefix;
    this.memory = memory;
    this.limits = limits;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) {
    operatorState = context.getOperatorStateStore();
  }

  @Override
  public void open(OpenContext context) throws Exception {
    answers = new AnswerRecords(new Topics(prefix));
    captions = new CaptionTimes(limits.captionEvery());
    shelf = new WindowShelf(getRuntimeContext(), memory);
    settler = new Settler(new WindowChooser(memory.recent().dividedBy(2), limits.stale()), shelf);
    openedAt = InstantSource.system().millis();
    room = new WaitingRoom(getRuntimeContext(), operatorState, "waiting", limits, openedAt);
    registration =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("registration", StreamNews.Registration.class));
    newest = time("newest");
    captioned = time("captioned");
    getRuntimeContext().getMetricGroup().gauge("questionsWaiting", () -> room.size());
  }

  private ValueState<Long> time(String name) {
    ValueStateDescriptor<Long> time = new ValueStateDescriptor<>(name, Long.class);
    time.enableTimeToLive(EndedStreams.forgottenAfter(memory.kept()));
    return getRuntimeContext().getState(time);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    room.snapshot();
  }

  @Override
  public void processElement1(StreamNews news, Context context, Collector<AnswerTask> tasks)
      throws Exception {
    StreamNews.Registration registered = news.registration();
    if (registered != null && registered.registered()) {
      registration.update(registered);
    } else if (registered != null) {
      registration.clear();
    }
    VisualWindow window = news.window();
    Long before = newest.value();
    if (window != null
        && (before == null
            || window.to() > before
            || CaptureClock.wasPutBack(before, window.to()))) {
      newest.update(window.to());
      shelf.put(window);
      caption(window.stream(), window.to(), context, tasks);
      reconsider(context, tasks);
    }
  }

  @Override
  public void processElement2(AskedQuestion asked, Context context, Collector<AnswerTask> tasks)
      throws Exception {
    long now = now(context);
    room.enter(now);
    if (asked.cancel()) {
      withdraw(asked, context, tasks);
    } else if (room.contains(asked.id())) {
      // It was read again after a restart, and waits already.
      return;
    } else if (hasReached(asked.time())) {
      settle(asked, context, tasks);
    } else {
      String refusal = room.refusal(asked);
      if (refusal != null) {
        fail(asked, ErrorCode.OVERLOADED, refusal, context);
      } else {
        wakeUpFor(room.admit(asked, patience(now)), context);
      }
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<AnswerTask> tasks)
      throws Exception {
    long now = now(context);
    room.enter(now);
    for (Map.Entry<String, Wait> waiting : room.waits().entrySet()) {
      if (waiting.getValue().deadline() <= now) {
        expire(waiting.getKey(), context);
      } else if (waitUntil(waiting.getValue()) <= now) {
        settle(waiting.getKey(), context, tasks);
      } else {
        wakeUpFor(waiting.getValue(), context);
      }
    }
  }

  /** Settles what the stream has reached now; the rest goes on waiting, since the stream moves. */
  private void reconsider(Context context, Collector<AnswerTask> tasks) throws Exception {
    long now = now(context);
    room.enter(now);
    for (Map.Entry<String, Wait> waiting : room.waits().entrySet()) {
      if (hasReached(waiting.getValue().moment())) {
        settle(waiting.getKey(), context, tasks);
      } else {
        Wait patient = waiting.getValue().until(patience(now));
        room.admitAgain(waiting.getKey(), patient);
        wakeUpFor(patient, context);
      }
    }
  }

  private void expire(String id, Context context) throws Exception {
    AskedQuestion asked = room.take(id);
    if (asked != null) {
      fail(
          asked,
          ErrorCode.DEADLINE,
          "the stream did not reach the moment of the question within %d ms"
              .formatted(asked.deadlineMillis()),
          context);
    }
  }

  private void settle(String id, Context context, Collector<AnswerTask> tasks) throws Exception {
    AskedQuestion asked = room.take(id);
    if (asked != null) {
      settle(asked, context, tasks);
    }
  }

  private void settle(AskedQuestion asked, Context context, Collector<AnswerTask> tasks)
      throws Exception {
    Settled settled = settled(asked, now(context));
    if (settled.task() != null) {
      tasks.collect(settled.task());
    } else {
      fail(
          asked,
          Objects.requireNonNull(settled.code()),
          Objects.requireNonNull(settled.why()),
          context);
    }
  }

  private Settled settled(AskedQuestion asked, long now) throws Exception {
    try {
      return settler.settle(asked, registration.value() != null || newest.value() != null, now);
    } catch (RuntimeException e) {
      // It has left the room: without an end it would be lost.
      Failures.passFlinks(e);
      LOG.error("question {} cannot be settled", asked.id(), e);
      return Settled.failed(ErrorCode.INTERNAL, "the question failed: see the job's log");
    }
  }

  private void withdraw(AskedQuestion asked, Context context, Collector<AnswerTask> tasks)
      throws Exception {
    AskedQuestion original = room.take(asked.id());
    if (original == null) {
      tasks.collect(AnswerTask.withdrawal(asked, now(context)));
    } else {
      send(Answer.cancelled(original.id(), original.text(), original.stream()), context);
    }
  }

  private void caption(String stream, long to, Context context, Collector<AnswerTask> tasks)
      throws Exception {
    StreamNews.Registration registered = registration.value();
    Long last = captioned.value();
    if (registered != null
        && registered.captions()
        && (last == null || captions.isDue(stream, last, to))) {
      AskedWindow window = shelf.get(to);
      if (window != null) {
        captioned.update(to);
        tasks.collect(AnswerTask.caption(stream, window, now(context)));
      }
    }
  }

  private boolean hasReached(long moment) throws Exception {
    Long last = newest.value();
    return last != null && last + FRAME_MILLIS > moment;
  }

  /** Returns how long to wait for a stream that stands still; longer while the job is starting. */
  private long patience(long now) {
    return Math.max(now + limits.grace().toMillis(), startOver());
  }

  /** A question of a checkpoint waits anew: its stream stood still only because the job did. */
  private long waitUntil(Wait wait) {
    return Math.max(wait.until(), startOver());
  }

  private long startOver() {
    return openedAt + limits.startGrace().toMillis();
  }

  private static long now(Context context) {
    return context.timerService().currentProcessingTime();
  }

  private void wakeUpFor(Wait wait, Context context) {
    long time = Math.min(waitUntil(wait), wait.deadline());
    // In steps, so that many questions share a timer.
    long step = Math.floorDiv(time + TIMER_STEP - 1, TIMER_STEP) * TIMER_STEP;
    context.timerService().registerProcessingTimeTimer(step);
  }

  private void fail(AskedQuestion asked, ErrorCode code, String message, Context context) {
    send(Answer.failed(asked.id(), asked.text(), asked.stream(), code, message), context);
  }

  private void send(Answer answer, Context context) {
    context.output(SideDoor.OUTBOUND, answers.of(answer, Instant.ofEpochMilli(now(context))));
  }
}
