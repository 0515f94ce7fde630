package dev.flamingo.job.answer;

import dev.flamingo.events.Answer;
import dev.flamingo.events.ErrorCode;
import dev.flamingo.events.Topics;
import dev.flamingo.job.kafka.SideDoor;
import dev.flamingo.job.video.VisualWindow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Brings every question together with the window of its moment. The moment is the timestamp of the
 * question's record; a question waits until its stream has reached it, or has stood still for a
 * grace, and then takes what is there.
 */
public final class AnswerQuestions
    extends KeyedCoProcessFunction<String, StreamNews, AskedQuestion, AnswerTask> {

  private static final long serialVersionUID = 1;
  private static final long FRAME_MILLIS = 1_000;
  private static final long TIMER_STEP = 20;

  /** Bounds the state: a question may bring pictures of most of a megabyte. */
  private static final long MOST_WAITING_BYTES = 64L << 20;

  private final String prefix;
  private final MemoryLimits memory;
  private final AnswerLimits limits;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient AnswerRecords answers;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient WindowChooser chooser;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient CaptionTimes captions;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient WindowShelf shelf;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient RecentIds ids;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient MapState<String, WaitingQuestion> waiting;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient ValueState<StreamNews.Registration> registration;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient ValueState<Long> newest;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient ValueState<Long> captioned;

  private transient int waitingHere;
  private transient long waitingBytes;
  private transient long openedAt;

  /** Makes one for topics of this prefix. */
  public AnswerQuestions(String prefix, MemoryLimits memory, AnswerLimits limits) {
    this.prefix = prefix;
    this.memory = memory;
    this.limits = limits;
  }

  @Override
  public void open(OpenContext context) {
    answers = new AnswerRecords(new Topics(prefix));
    chooser = new WindowChooser(memory.recent().dividedBy(2), limits.stale());
    captions = new CaptionTimes(limits.captionEvery());
    shelf = new WindowShelf(getRuntimeContext(), memory);
    ids = new RecentIds(getRuntimeContext());
    waiting =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("waiting", String.class, WaitingQuestion.class));
    registration =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("registration", StreamNews.Registration.class));
    newest = getRuntimeContext().getState(new ValueStateDescriptor<>("newest", Long.class));
    captioned = getRuntimeContext().getState(new ValueStateDescriptor<>("captioned", Long.class));
    openedAt = InstantSource.system().millis();
    getRuntimeContext().getMetricGroup().gauge("questionsWaiting", () -> waitingHere);
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
    if (window != null && (before == null || window.to() > before)) {
      newest.update(window.to());
      shelf.put(window);
      caption(window.stream(), window.to(), context, tasks);
      reconsider(context, tasks);
    }
  }

  @Override
  public void processElement2(AskedQuestion asked, Context context, Collector<AnswerTask> tasks)
      throws Exception {
    if (asked.cancel()) {
      withdraw(asked, context, tasks);
      return;
    }
    if (ids.contains(asked.id()) || waiting.contains(asked.id())) {
      return;
    }
    long now = now(context);
    WaitingQuestion question = new WaitingQuestion(asked, now, patience(now));
    if (hasReached(asked.time())) {
      settle(question, context, tasks);
    } else if (waitingHere >= limits.waiting()) {
      fail(
          asked,
          ErrorCode.OVERLOADED,
          "%d questions are waiting already: ask again later".formatted(waitingHere),
          context);
    } else if (asked.imageBytes() > 0 && waitingBytes + asked.imageBytes() > MOST_WAITING_BYTES) {
      fail(
          asked,
          ErrorCode.OVERLOADED,
          "the examples of all questions that wait are too large together: ask again later",
          context);
    } else {
      waiting.put(asked.id(), question);
      waitingHere++;
      waitingBytes += asked.imageBytes();
      wakeUpFor(question, context);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<AnswerTask> tasks)
      throws Exception {
    long now = now(context);
    for (WaitingQuestion question : allWaiting()) {
      if (question.deadline() <= now) {
        remove(question);
        ids.add(question.asked().id());
        fail(
            question.asked(),
            ErrorCode.DEADLINE,
            "the stream did not reach the moment of the question within %d ms"
                .formatted(question.asked().deadlineMillis()),
            context);
      } else if (waitUntil(question) <= now) {
        remove(question);
        settle(question, context, tasks);
      } else {
        wakeUpFor(question, context);
      }
    }
  }

  /** Settles what the stream has reached now; the rest goes on waiting, since the stream moves. */
  private void reconsider(Context context, Collector<AnswerTask> tasks) throws Exception {
    for (WaitingQuestion question : allWaiting()) {
      if (hasReached(question.asked().time())) {
        remove(question);
        settle(question, context, tasks);
      } else {
        WaitingQuestion patient = question.until(patience(now(context)));
        waiting.put(question.asked().id(), patient);
        wakeUpFor(patient, context);
      }
    }
  }

  private void settle(WaitingQuestion question, Context context, Collector<AnswerTask> tasks)
      throws Exception {
    AskedQuestion asked = question.asked();
    Optional<WindowSpan> span = chooser.choose(shelf.spans(), asked);
    AskedWindow window = span.isPresent() ? shelf.get(span.get()) : null;
    if (window != null) {
      ids.add(asked.id());
      long accepted = question.isReplayed() ? now(context) : question.acceptedAt();
      ShownExample[] examples = new ShownExample[asked.examples().length];
      for (int i = 0; i < examples.length; i++) {
        ShownExample shown = show(asked.examples()[i], asked.time());
        if (shown == null) {
          fail(asked, ErrorCode.NO_VIDEO, missing(i + 1, asked.stream()), context);
          return;
        }
        examples[i] = shown;
      }
      tasks.collect(AnswerTask.question(asked, accepted, window, examples));
    } else if (registration.value() == null && newest.value() == null) {
      // Leaves no trace: anybody can make up names of streams.
      fail(
          asked,
          ErrorCode.UNKNOWN_STREAM,
          "nobody registered a stream '%s': look at the list of streams".formatted(asked.stream()),
          context);
    } else {
      ids.add(asked.id());
      fail(
          asked,
          ErrorCode.NO_VIDEO,
          "stream '%s' has no frames of that time: wait for its video, or ask about another moment"
              .formatted(asked.stream()),
          context);
    }
  }

  /** Returns the example with what it shows, or null where its window is not kept. */
  private @Nullable ShownExample show(AskedExample example, long now) throws Exception {
    Long from = example.from();
    Long to = example.to();
    if (from == null || to == null) {
      return new ShownExample(example.image(), null, example.question(), example.answer());
    }
    Optional<WindowSpan> span = chooser.choose(shelf.spans(), from, to, now);
    AskedWindow window = span.isPresent() ? shelf.get(span.get()) : null;
    return window == null
        ? null
        : new ShownExample(null, window, example.question(), example.answer());
  }

  private static String missing(int number, String stream) {
    return "stream '%s' has no frames of the window of example %d: show another one, or an image"
        .formatted(stream, number);
  }

  private void withdraw(AskedQuestion asked, Context context, Collector<AnswerTask> tasks)
      throws Exception {
    WaitingQuestion question = waiting.get(asked.id());
    if (question != null) {
      remove(question);
      ids.add(asked.id());
      AskedQuestion original = question.asked();
      send(Answer.cancelled(original.id(), original.text(), original.stream()), context);
    } else if (ids.contains(asked.id())) {
      tasks.collect(AnswerTask.withdrawal(asked, now(context)));
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
  private long waitUntil(WaitingQuestion question) {
    return Math.max(question.waitUntil(), startOver());
  }

  private long startOver() {
    return openedAt + limits.startGrace().toMillis();
  }

  private static long now(Context context) {
    return context.timerService().currentProcessingTime();
  }

  private void wakeUpFor(WaitingQuestion question, Context context) {
    long time = Math.min(waitUntil(question), question.deadline());
    // In steps, so that many questions share a timer.
    long step = Math.floorDiv(time + TIMER_STEP - 1, TIMER_STEP) * TIMER_STEP;
    context.timerService().registerProcessingTimeTimer(step);
  }

  private List<WaitingQuestion> allWaiting() throws Exception {
    List<WaitingQuestion> all = new ArrayList<>();
    waiting.values().forEach(all::add);
    return all;
  }

  private void remove(WaitingQuestion question) throws Exception {
    waiting.remove(question.asked().id());
    // Questions of a checkpoint were counted by the operator before this one.
    waitingHere = Math.max(0, waitingHere - 1);
    waitingBytes = Math.max(0, waitingBytes - question.asked().imageBytes());
  }

  private void fail(AskedQuestion asked, ErrorCode code, String message, Context context) {
    send(Answer.failed(asked.id(), asked.text(), asked.stream(), code, message), context);
  }

  private void send(Answer answer, Context context) {
    context.output(SideDoor.OUTBOUND, answers.of(answer, Instant.ofEpochMilli(now(context))));
  }
}
