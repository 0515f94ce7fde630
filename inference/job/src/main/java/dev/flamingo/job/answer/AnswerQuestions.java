package dev.flamingo.job.answer;

import dev.flamingo.events.Answer;
import dev.flamingo.events.ErrorCode;
import dev.flamingo.events.Topics;
import dev.flamingo.job.isolation.Failures;
import dev.flamingo.job.kafka.SideDoor;
import dev.flamingo.job.state.StoredVisualTaskV1;
import dev.flamingo.job.video.EncodedFrame;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.OperatorStateStore;
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
    extends KeyedCoProcessFunction<String, StreamNews, AskedQuestion, StoredVisualTaskV1>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(AnswerQuestions.class);

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
  private transient StreamMemory stream;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient WaitingRoom room;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient Patience patience;

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
    long openedAt = InstantSource.system().millis();
    stream =
        new StreamMemory(
            getRuntimeContext(), memory, new CaptionTimes(limits.captionEvery()), openedAt);
    settler =
        new Settler(
            new WindowChooser(memory.recent().dividedBy(2), limits.stale()), stream.frames());
    patience = new Patience(limits, openedAt);
    room = new WaitingRoom(getRuntimeContext(), operatorState, "waiting", limits, openedAt);
    getRuntimeContext().getMetricGroup().gauge("questionsWaiting", () -> room.size());
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    room.snapshot();
  }

  @Override
  public void processElement1(StreamNews news, Context context, Collector<StoredVisualTaskV1> tasks)
      throws Exception {
    StreamNews.Registration registered = news.registration();
    if (registered != null && stream.register(registered)) {
      tasks.collect(VisualTask.end(news.stream()).stored());
    }
    EncodedFrame frame = news.frame();
    if (frame == null || !stream.isNew(frame)) {
      return;
    }
    AskedWindow history = stream.put(frame, context.timerService());
    if (history != null) {
      tasks.collect(VisualTask.history(news.stream(), history).stored());
    }
    AskedWindow captioned = stream.caption(news.stream());
    if (captioned != null) {
      collect(AnswerTask.caption(news.stream(), captioned, now(context)), tasks);
    }
    reconsider(context, tasks);
  }

  @Override
  public void processElement2(
      AskedQuestion asked, Context context, Collector<StoredVisualTaskV1> tasks) throws Exception {
    long now = now(context);
    room.enter(now);
    if (asked.cancel()) {
      withdraw(asked, context, tasks);
    } else if (room.contains(asked.id())) {
      // It was read again after a restart, and waits already.
      return;
    } else if (stream.hasReached(asked.time())) {
      settle(asked, context, tasks);
    } else {
      String refusal = room.refusal(asked);
      if (refusal != null) {
        fail(asked, ErrorCode.OVERLOADED, refusal, context);
      } else {
        wakeUpFor(room.admit(asked, patience.until(now)), context);
      }
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<StoredVisualTaskV1> tasks)
      throws Exception {
    long now = now(context);
    if (stream.forgetIdle(context.timerService())) {
      tasks.collect(VisualTask.end(context.getCurrentKey()).stored());
    }
    room.enter(now);
    for (Map.Entry<String, Wait> waiting : room.waits().entrySet()) {
      if (waiting.getValue().deadline() <= now) {
        expire(waiting.getKey(), context);
      } else if (patience.until(waiting.getValue()) <= now) {
        settle(waiting.getKey(), context, tasks);
      } else {
        wakeUpFor(waiting.getValue(), context);
      }
    }
  }

  /** Settles what the stream has reached now; the rest goes on waiting, since the stream moves. */
  private void reconsider(Context context, Collector<StoredVisualTaskV1> tasks) throws Exception {
    long now = now(context);
    room.enter(now);
    for (Map.Entry<String, Wait> waiting : room.waits().entrySet()) {
      if (stream.hasReached(waiting.getValue().moment())) {
        settle(waiting.getKey(), context, tasks);
      } else {
        Wait patient = waiting.getValue().until(patience.until(now));
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

  private void settle(String id, Context context, Collector<StoredVisualTaskV1> tasks)
      throws Exception {
    AskedQuestion asked = room.take(id);
    if (asked != null) {
      settle(asked, context, tasks);
    }
  }

  private void settle(AskedQuestion asked, Context context, Collector<StoredVisualTaskV1> tasks)
      throws Exception {
    Settled settled = settled(asked, now(context));
    if (settled.task() != null) {
      collect(settled.task(), tasks);
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
      return settler.settle(asked, stream.isKnown(), now);
    } catch (RuntimeException e) {
      // It has left the room: without an end it would be lost.
      Failures.passFlinks(e);
      LOG.error("question {} cannot be settled", asked.id(), e);
      return Settled.failed(ErrorCode.INTERNAL, "the question failed: see the job's log");
    }
  }

  private void withdraw(AskedQuestion asked, Context context, Collector<StoredVisualTaskV1> tasks)
      throws Exception {
    AskedQuestion original = room.take(asked.id());
    if (original == null) {
      collect(AnswerTask.withdrawal(asked, now(context)), tasks);
    } else {
      send(Answer.cancelled(original.id(), original.text(), original.stream()), context);
    }
  }

  private static long now(Context context) {
    return context.timerService().currentProcessingTime();
  }

  private void wakeUpFor(Wait wait, Context context) {
    context.timerService().registerProcessingTimeTimer(patience.timer(wait));
  }

  private static void collect(AnswerTask task, Collector<StoredVisualTaskV1> tasks) {
    tasks.collect(VisualTask.of(task).stored());
  }

  private void fail(AskedQuestion asked, ErrorCode code, String message, Context context) {
    send(Answer.failed(asked.id(), asked.text(), asked.stream(), code, message), context);
  }

  private void send(Answer answer, Context context) {
    context.output(SideDoor.OUTBOUND, answers.of(answer, Instant.ofEpochMilli(now(context))));
  }
}
