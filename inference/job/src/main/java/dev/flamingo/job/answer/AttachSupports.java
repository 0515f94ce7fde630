package dev.flamingo.job.answer;

import dev.flamingo.events.Answer;
import dev.flamingo.events.ErrorCode;
import dev.flamingo.events.Topics;
import dev.flamingo.job.kafka.SideDoor;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
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
    extends KeyedBroadcastProcessFunction<String, AskedQuestion, RegisteredSupport, AskedQuestion> {

  /** The registry, on every subtask. */
  public static final MapStateDescriptor<String, RegisteredSupport> SUPPORTS =
      new MapStateDescriptor<>("supports", String.class, RegisteredSupport.class);

  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(AttachSupports.class);
  private static final int MOST_SUPPORTS = 64;
  private static final long TIMER_STEP = 100;

  private final String prefix;
  private final AnswerLimits limits;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient AnswerRecords answers;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient MapState<String, WaitingQuestion> waiting;

  private transient int waitingHere;
  private transient long openedAt;

  /** Makes one for topics of this prefix. */
  public AttachSupports(String prefix, AnswerLimits limits) {
    this.prefix = prefix;
    this.limits = limits;
  }

  @Override
  public void open(OpenContext context) {
    answers = new AnswerRecords(new Topics(prefix));
    waiting =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>("waitingForSupport", String.class, WaitingQuestion.class));
    openedAt = InstantSource.system().millis();
  }

  @Override
  public void processElement(
      AskedQuestion asked, ReadOnlyContext context, Collector<AskedQuestion> ready)
      throws Exception {
    String support = asked.support();
    if (asked.cancel() && waiting.contains(asked.id())) {
      AskedQuestion original = waiting.get(asked.id()).asked();
      remove(asked.id());
      send(Answer.cancelled(original.id(), original.text(), original.stream()), context);
    } else if (support == null || asked.cancel()) {
      ready.collect(asked);
    } else if (!attach(asked, support, context, ready) && !waiting.contains(asked.id())) {
      await(asked, context);
    }
  }

  private void await(AskedQuestion asked, ReadOnlyContext context) throws Exception {
    if (waitingHere >= limits.waiting()) {
      fail(
          asked,
          ErrorCode.OVERLOADED,
          "%d questions are waiting already: ask again later".formatted(waitingHere),
          context);
      return;
    }
    long now = context.timerService().currentProcessingTime();
    long until =
        Math.max(now + limits.grace().toMillis(), openedAt + limits.startGrace().toMillis());
    waiting.put(asked.id(), new WaitingQuestion(asked, now, until));
    waitingHere++;
    context.timerService().registerProcessingTimeTimer(nextTimer(now));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<AskedQuestion> ready)
      throws Exception {
    long now = context.timerService().currentProcessingTime();
    List<WaitingQuestion> all = new ArrayList<>();
    waiting.values().forEach(all::add);
    for (WaitingQuestion question : all) {
      AskedQuestion asked = question.asked();
      String support = String.valueOf(asked.support());
      if (question.deadline() <= now) {
        remove(asked.id());
        fail(
            asked,
            ErrorCode.DEADLINE,
            "nobody registered the support of the question within %d ms"
                .formatted(asked.deadlineMillis()),
            context);
      } else if (attach(asked, support, context, ready)) {
        remove(asked.id());
      } else if (question.waitUntil() <= now) {
        remove(asked.id());
        fail(
            asked,
            ErrorCode.BAD_QUESTION,
            "nobody registered the support that the question names, or there were %d already: register"
                    .formatted(MOST_SUPPORTS)
                + " it, or give examples",
            context);
      } else {
        context.timerService().registerProcessingTimeTimer(nextTimer(now));
      }
    }
  }

  @Override
  public void processBroadcastElement(
      RegisteredSupport support, Context context, Collector<AskedQuestion> ready) throws Exception {
    BroadcastState<String, RegisteredSupport> supports = context.getBroadcastState(SUPPORTS);
    if (support.isRemoved()) {
      supports.remove(support.name());
    } else if (supports.contains(support.name()) || size(supports) < MOST_SUPPORTS) {
      supports.put(support.name(), support);
    } else {
      LOG.warn("a support is left out: there are {} already", MOST_SUPPORTS);
    }
  }

  private static int size(BroadcastState<String, RegisteredSupport> supports) throws Exception {
    int size = 0;
    for (var unused : supports.entries()) {
      size++;
    }
    return size;
  }

  private static boolean attach(
      AskedQuestion asked, String name, ReadOnlyContext context, Collector<AskedQuestion> ready)
      throws Exception {
    ReadOnlyBroadcastState<String, RegisteredSupport> supports =
        context.getBroadcastState(SUPPORTS);
    RegisteredSupport support = supports.get(name);
    if (support == null) {
      return false;
    }
    ready.collect(asked.with(support.examples()));
    return true;
  }

  private void remove(String id) throws Exception {
    waiting.remove(id);
    // Questions of a checkpoint were counted by the operator before this one.
    waitingHere = Math.max(0, waitingHere - 1);
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
