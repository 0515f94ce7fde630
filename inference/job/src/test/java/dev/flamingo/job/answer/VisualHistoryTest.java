package dev.flamingo.job.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.job.kafka.SideDoor;
import dev.flamingo.job.state.StateSize;
import dev.flamingo.job.state.StoredTaskV1;
import dev.flamingo.job.state.StoredTypes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class VisualHistoryTest {

  @SuppressWarnings("NullAway.Init") // set by open()
  private KeyedOneInputStreamOperatorTestHarness<String, VisualTask, StoredTaskV1> harness;

  @BeforeEach
  void open() throws Exception {
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(
                new VisualHistory(
                    "f.", new MemoryLimits(8, Duration.ofMinutes(1), Duration.ofSeconds(60), 80))),
            VisualTask::stream,
            Types.STRING);
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void aTaskGetsTheTokensOfTheWindowsThatItLooksAt() throws Exception {
    put("model@1", 8, "eight");
    put("model@1", 16, "sixteen");

    send(VisualTask.of(question("q", history("model@1", 8), history("model@1", 16))));

    StoredTaskV1 task = harness.extractOutputValues().get(0);
    assertThat(Objects.requireNonNull(task.window()).tokens()).isEqualTo(bytes("eight"));
    assertThat(Objects.requireNonNull(task.shots()[0].window()).tokens())
        .isEqualTo(bytes("sixteen"));
  }

  @Test
  void whatIsResampledAlreadyPassesAsItIs() throws Exception {
    AskedWindow own = new AskedWindow(new long[] {1, 2}, "model@1", bytes("own"), null);
    send(VisualTask.of(question("q", own, null)));
    assertThat(Objects.requireNonNull(harness.extractOutputValues().get(0).window()).tokens())
        .isEqualTo(bytes("own"));
  }

  @Test
  void aQuestionAboutWhatIsNotKeptFailsAndACaptionIsLeftOut() throws Exception {
    put("model@1", 8, "eight");
    send(VisualTask.of(question("other-model", history("model@2", 8), null)));
    send(VisualTask.of(question("other-time", history("model@1", 9), null)));
    send(VisualTask.of(AnswerTask.caption("street", history("model@1", 9), 0)));

    assertThat(harness.extractOutputValues()).isEmpty();
    assertThat(harness.getSideOutput(SideDoor.OUTBOUND))
        .extracting(
            failed ->
                new String(
                    Objects.requireNonNull(failed.getValue().value()), StandardCharsets.UTF_8))
        .hasSize(2)
        .allSatisfy(failed -> assertThat(failed).contains("no-video", "is not kept any longer"));
  }

  @Test
  void theOldestLeaveWhereThereAreTooManyBytesOrTheyAreTooOld() throws Exception {
    for (int to = 8; to <= 400; to += 8) {
      put("model@1", to, "ten bytes!");
    }
    // Four of ten bytes are half of 80.
    assertThat(tokens()).isEqualTo(4);
    put("model@1", 500, "late");
    assertThat(tokens()).isEqualTo(1);
  }

  @Test
  void whatIsAheadOfAClockThatWasPutBackLeaves() throws Exception {
    put("model@1", 16, "sixteen");
    put("model@1", 40, "ahead");
    put("model@1", 48, "farther");
    put("model@1", 24, "back");
    assertThat(tokens()).isEqualTo(2);
    put("model@1", 16, "again");
    assertThat(tokens()).isEqualTo(2);
  }

  @Test
  void anotherModelBeginsAnewAndAStreamThatEndsLeavesNothing() throws Exception {
    put("model@1", 8, "eight");
    put("model@1", 16, "sixteen");
    put("model@2", 24, "other");
    assertThat(tokens()).isEqualTo(1);

    send(VisualTask.end("street"));

    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  private int tokens() throws Exception {
    return StateSize.of(
        ((AbstractStreamOperator<?>) harness.getOperator()).<String>getKeyedStateBackend(),
        "street",
        "tokens",
        Types.LONG,
        StoredTypes.TOKENS);
  }

  private void put(String model, int to, String tokens) throws Exception {
    AskedWindow window = history(model, to);
    send(VisualTask.history("street", window.resampled(bytes(tokens))));
  }

  private void send(VisualTask task) throws Exception {
    harness.processElement(new StreamRecord<>(task));
  }

  private static AskedWindow history(String model, int to) {
    return new AskedWindow(new long[] {to * 1_000L - 7_000, to * 1_000L}, model, null, null);
  }

  private static AnswerTask question(String id, AskedWindow window, @Nullable AskedWindow shown) {
    ShownExample[] examples =
        shown == null
            ? ShownExample.NONE
            : new ShownExample[] {new ShownExample(null, shown, "what", "that")};
    return new AnswerTask("street", id, "what", 8, 0, 0, Long.MAX_VALUE, window, examples);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
