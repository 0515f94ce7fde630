package dev.flamingo.job.answer;

import dev.flamingo.events.Answer;
import dev.flamingo.events.ErrorCode;
import dev.flamingo.events.Topics;
import dev.flamingo.job.kafka.SideDoor;
import dev.flamingo.job.state.StoredSupportV1;
import dev.flamingo.job.state.StoredTypes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives questions the examples of the support that they name. A name that is not known yet may be
 * on its way: the question waits for the grace of a stream that stands still, longer while the job
 * is starting. What a support holds now counts, also for a question that is replayed.
 */
public final class AttachSupports
    extends KeyedBroadcastProcessFunction<String, AskedQuestion, RegisteredSupport, AskedQuestion>
    implements CheckpointedFunction {

  /** The registry, on every subtask. */
  public static final MapStateDescriptor<String, StoredSupportV1> SUPPORTS =
      new MapStateDescriptor<>("supports", Types.STRING, StoredTypes.SUPPORT.info());

  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(AttachSupports.class);
  private static final int MOST_SUPPORTS = 64;
  private static final long TIMER_STEP = 100;

  private final String prefix;
  private final AnswerLimits limits;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient AnswerRecords answers;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient WaitingRoom room;

  @SuppressWarnings("NullAway.Init") // set by initializeState()
  private transient OperatorStateStore operatorState;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient Patience patience;

  /** Makes one for topics of this prefix. */
  public AttachSupports(String prefix, AnswerLimits limits) {
    this.prefix = prefix;
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
    patience = new Patience(limits, openedAt);
    room =
        new WaitingRoom(getRuntimeContext(), operatorState, "waitingForSupport", limits, openedAt);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    room.snapshot();
  }

  @Override
  public void processElement(
      AskedQuestion asked, ReadOnlyContext context, Collector<AskedQuestion> ready)
      throws Exception {
    room.enter(context.timerService().currentProcessingTime());
    String support = asked.support();
    AskedQuestion original = asked.cancel() ? room.take(asked.id()) : null;
    if (original != null) {
      send(Answer.cancelled(original.id(), original.text(), original.stream()), context);
    } else if (support == null || asked.cancel()) {
      ready.collect(asked);
    } else if (!attach(asked, support, context, ready) && !room.contains(asked.id())) {
      await(asked, context);
    }
  }

  private void await(AskedQuestion asked, ReadOnlyContext context) throws Exception {
    String refusal = room.refusal(asked);
    if (refusal != null) {
      fail(asked, ErrorCode.OVERLOADED, refusal, context);
      return;
    }
    long now = context.timerService().currentProcessingTime();
    var unused = room.admit(asked, patience.until(now));
    context.timerService().registerProcessingTimeTimer(nextTimer(now));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<AskedQuestion> ready)
      throws Exception {
    long now = context.timerService().currentProcessingTime();
    room.enter(now);
    for (Map.Entry<String, Wait> waiting : room.waits().entrySet()) {
      AskedQuestion asked = room.get(waiting.getKey());
      if (asked == null || end(asked, waiting.getValue(), context, ready)) {
        var unused = room.take(waiting.getKey());
      } else {
        context.timerService().registerProcessingTimeTimer(nextTimer(now));
      }
    }
  }

  /** Returns whether a question waits no longer. */
  private boolean end(
      AskedQuestion asked, Wait wait, OnTimerContext context, Collector<AskedQuestion> ready)
      throws Exception {
    long now = context.timerService().currentProcessingTime();
    if (wait.deadline() <= now) {
      fail(
          asked,
          ErrorCode.DEADLINE,
          "nobody registered the support of the question within %d ms"
              .formatted(asked.deadlineMillis()),
          context);
    } else if (attach(asked, String.valueOf(asked.support()), context, ready)) {
      return true;
    } else if (patience.until(wait) <= now) {
      fail(
          asked,
          ErrorCode.BAD_QUESTION,
          "nobody registered the support that the question names, or there were %d already: register"
                  .formatted(MOST_SUPPORTS)
              + " it, or give examples",
          context);
    } else {
      return false;
    }
    return true;
  }

  @Override
  public void processBroadcastElement(
      RegisteredSupport support, Context context, Collector<AskedQuestion> ready) throws Exception {
    BroadcastState<String, StoredSupportV1> supports = context.getBroadcastState(SUPPORTS);
    if (support.isRemoved()) {
      supports.remove(support.name());
    } else if (supports.contains(support.name()) || size(supports) < MOST_SUPPORTS) {
      supports.put(support.name(), support.stored());
    } else {
      LOG.warn("a support is left out: there are {} already", MOST_SUPPORTS);
    }
  }

  private static int size(BroadcastState<String, StoredSupportV1> supports) throws Exception {
    int size = 0;
    for (var unused : supports.entries()) {
      size++;
    }
    return size;
  }

  private static boolean attach(
      AskedQuestion asked, String name, ReadOnlyContext context, Collector<AskedQuestion> ready)
      throws Exception {
    ReadOnlyBroadcastState<String, StoredSupportV1> supports = context.getBroadcastState(SUPPORTS);
    StoredSupportV1 support = supports.get(name);
    if (support == null) {
      return false;
    }
    ready.collect(asked.with(AskedExample.of(support.examples())));
    return true;
  }

  private static long nextTimer(long now) {
    return Math.floorDiv(now, TIMER_STEP) * TIMER_STEP + TIMER_STEP;
  }

  private void fail(AskedQuestion asked, ErrorCode code, String message, ReadOnlyContext context) {
    send(Answer.failed(asked.id(), asked.text(), asked.stream(), code, message), context);
  }

  private void send(Answer answer, ReadOnlyContext context) {
    long now = context.timerService().currentProcessingTime();
    context.output(SideDoor.OUTBOUND, answers.of(answer, Instant.ofEpochMilli(now)));
  }
}
