package dev.flamingo.job.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.job.state.StateSize;
import dev.flamingo.job.state.StoredTypes;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ids of a bucket, by the operator that remembers them. */
final class RecentQuestionsTest {

  private static final long HOUR = Duration.ofHours(1).toMillis();

  private final long start = System.currentTimeMillis();

  @SuppressWarnings("NullAway.Init") // set by open()
  private KeyedOneInputStreamOperatorTestHarness<Integer, ReceivedQuestion, AskedQuestion> harness;

  @BeforeEach
  void open() throws Exception {
    harness = harness();
    harness.open();
    harness.setProcessingTime(start + HOUR);
  }

  private static KeyedOneInputStreamOperatorTestHarness<Integer, ReceivedQuestion, AskedQuestion>
      harness() throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new PassOncePerId()), question -> 0, Types.INT);
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void anIdPassesOnceInAnHour() throws Exception {
    ask("q");
    ask("q");
    assertThat(harness.extractOutputValues()).hasSize(1);
    harness.setProcessingTime(start + 2 * HOUR);
    ask("q");
    assertThat(harness.extractOutputValues()).hasSize(1);
    harness.setProcessingTime(start + 2 * HOUR + 1);
    ask("q");
    assertThat(harness.extractOutputValues()).hasSize(2);
    assertThat(ids()).isEqualTo(1);
  }

  @Test
  void theLast256OfABucketAreRemembered() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      ask("q" + i);
    }
    assertThat(ids()).isEqualTo(256);
    ask("q" + 744);
    assertThat(harness.extractOutputValues()).hasSize(1_000);
    ask("q" + 743);
    assertThat(harness.extractOutputValues()).hasSize(1_001);
  }

  @Test
  void noIdGrowsOldWhileTheJobIsDown() throws Exception {
    harness.setProcessingTime(start - 100 * HOUR);
    ask("q");
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();
    harness = harness();
    harness.initializeState(state);
    harness.open();
    harness.setProcessingTime(start);

    ask("q");

    assertThat(harness.extractOutputValues()).isEmpty();
  }

  private int ids() throws Exception {
    return StateSize.of(
        ((AbstractStreamOperator<?>) harness.getOperator()).<Integer>getKeyedStateBackend(),
        0,
        "ids",
        Types.STRING,
        StoredTypes.ID);
  }

  private void ask(String id) throws Exception {
    harness.processElement(
        new StreamRecord<>(
            ReceivedQuestion.asked(
                new AskedQuestion(
                    "street",
                    id,
                    "what",
                    start,
                    null,
                    null,
                    null,
                    8,
                    10_000,
                    start,
                    false,
                    false,
                    null,
                    AskedExample.NONE))));
  }
}
