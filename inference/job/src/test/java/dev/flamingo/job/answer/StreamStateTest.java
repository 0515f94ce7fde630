package dev.flamingo.job.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.job.state.StateSize;
import dev.flamingo.job.state.StoredTypes;
import dev.flamingo.job.state.StoredVisualTaskV1;
import dev.flamingo.job.state.StoredWindowV1;
import dev.flamingo.job.video.EncodedFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code AnswerQuestions} keeps of a stream, and for how long. */
final class StreamStateTest {

  private static final MemoryLimits MEMORY =
      new MemoryLimits(8, Duration.ofSeconds(20), Duration.ofSeconds(60), 64L << 20);
  private static final long KEPT = MEMORY.kept().toMillis();

  private final long start = System.currentTimeMillis();

  @SuppressWarnings("NullAway.Init") // set by open()
  private KeyedTwoInputStreamOperatorTestHarness<
          String, StreamNews, AskedQuestion, StoredVisualTaskV1>
      harness;

  @BeforeEach
  void open() throws Exception {
    harness = harness(MEMORY);
    harness.open();
    harness.setProcessingTime(start);
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, StreamNews, AskedQuestion, StoredVisualTaskV1>
      harness(MemoryLimits memory) throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new KeyedCoProcessOperator<>(new AnswerQuestions("f.", memory, AnswerLimits.DEFAULT)),
        StreamNews::stream,
        AskedQuestion::stream,
        Types.STRING);
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void aStreamThatLeavesTheRegistryLeavesNothing() throws Exception {
    register("street", true, start - 60_000);
    frames("street", 1, 30);
    assertThat(harness.numKeyedStateEntries()).isPositive();
    drain();

    register("street", false, start + 60_000);

    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(drain())
        .singleElement()
        .satisfies(
            end -> {
              assertThat(end.stream()).isEqualTo("street");
              assertThat(end.answer()).isNull();
              assertThat(end.history()).isNull();
            });
  }

  @Test
  void oneThatWasRegisteredAgainMeanwhileKeepsItsFrames() throws Exception {
    register("street", true, start - 60_000);
    frames("street", 1, 8);
    register("street", false, start + 2_000);
    drain();

    frames("street", 9, 9);
    ask("street", start + 9_000);

    assertThat(drain())
        .singleElement()
        .satisfies(task -> assertThat(window(task).frames()).isEqualTo(times(2, 9)));
  }

  @Test
  void aStreamOfWhichNothingIsReadIsForgotten() throws Exception {
    frames("never-registered", 1, 10);
    drain();
    harness.setProcessingTime(start + KEPT - 1);
    assertThat(harness.numKeyedStateEntries()).isPositive();

    harness.setProcessingTime(start + 2 * KEPT);

    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(drain()).singleElement().satisfies(end -> assertThat(end.answer()).isNull());
    harness.setProcessingTime(start + 4 * KEPT);
    assertThat(harness.numProcessingTimeTimers()).isZero();
  }

  @Test
  void aStreamThatGoesOnIsNotForgottenAndHasFewTimers() throws Exception {
    for (int second = 1; second <= 200; second++) {
      harness.setProcessingTime(start + second * 1_000L);
      frames("street", second, second);
      assertThat(harness.numProcessingTimeTimers()).isLessThan(8);
    }

    assertThat(features("street")).isEqualTo(21);
  }

  @Test
  void noStreamGrowsOldWhileTheJobIsDown() throws Exception {
    frames("street", 1, 8);
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();
    harness = harness(MEMORY);
    harness.initializeState(state);
    harness.setProcessingTime(start - 100 * KEPT);
    harness.open();

    harness.setProcessingTime(start);
    ask("street", start + 8_000);

    assertThat(drain())
        .singleElement()
        .satisfies(task -> assertThat(window(task).frames()).isEqualTo(times(1, 8)));
  }

  @Test
  void theHistoryIsEveryEighthWindowAndFramesAreKeptOnce() throws Exception {
    frames("street", 1, 40);

    assertThat(drain())
        .extracting(task -> window(task).frames())
        .containsExactly(times(1, 8), times(9, 16), times(17, 24), times(25, 32), times(33, 40));
    ask("street", start + 28_000);
    ask("street", start + 15_000);
    assertThat(drain())
        .extracting(task -> window(task).features() == null, task -> window(task).tokens() == null)
        .containsExactly(Tuple.tuple(false, true), Tuple.tuple(true, true));
  }

  @Test
  void afterAGapAWindowBeginsAnew() throws Exception {
    frames("street", 1, 5);
    frames("street", 14, 16);
    drain();
    ask("street", start + 16_000);
    assertThat(drain())
        .singleElement()
        .satisfies(task -> assertThat(window(task).frames()).isEqualTo(times(14, 16)));
  }

  @Test
  void whatIsAheadOfAClockThatWasPutBackIsForgotten() throws Exception {
    frames("street", 1, 16);
    frames("street", 700, 760);
    frames("street", 17, 24);
    drain();

    ask("street", start + 24_000);

    assertThat(drain()).extracting(task -> window(task).frames()).containsExactly(times(17, 24));
    assertThat(features("street")).isEqualTo(8);
  }

  @Test
  void featuresAreBoundedInBytes() throws Exception {
    harness.close();
    harness = harness(new MemoryLimits(8, Duration.ofHours(1), Duration.ofHours(1), 200));
    harness.open();
    harness.setProcessingTime(start);
    frames("street", 1, 500);

    // Ten frames of ten bytes are half of 200.
    assertThat(features("street")).isEqualTo(10);
  }

  private int features(String stream) throws Exception {
    return StateSize.of(
        ((AbstractStreamOperator<?>) harness.getOperator()).<String>getKeyedStateBackend(),
        stream,
        "features",
        Types.LONG,
        StoredTypes.FEATURES);
  }

  private void register(String stream, boolean there, long time) throws Exception {
    harness.processElement1(
        new StreamRecord<>(
            new StreamNews(stream, null, new StreamNews.Registration(there, false, time))));
  }

  private void frames(String stream, int first, int last) throws Exception {
    for (int second = first; second <= last; second++) {
      harness.processElement1(
          new StreamRecord<>(
              StreamNews.of(
                  new EncodedFrame(
                      stream, start + second * 1_000L, "echo@0", new byte[10], null, null))));
    }
  }

  private void ask(String stream, long time) throws Exception {
    harness.processElement2(
        new StreamRecord<>(
            new AskedQuestion(
                stream,
                "q" + time,
                "what",
                time,
                null,
                null,
                null,
                8,
                10_000,
                start,
                false,
                false,
                null,
                AskedExample.NONE)));
  }

  private long[] times(int first, int last) {
    return LongStream.rangeClosed(first, last).map(second -> start + second * 1_000).toArray();
  }

  private static StoredWindowV1 window(StoredVisualTaskV1 task) {
    StoredWindowV1 window =
        task.answer() == null ? task.history() : Objects.requireNonNull(task.answer()).window();
    return Objects.requireNonNull(window);
  }

  private List<StoredVisualTaskV1> drain() {
    List<StoredVisualTaskV1> tasks = new ArrayList<>(harness.extractOutputValues());
    harness.getOutput().clear();
    return tasks;
  }
}
