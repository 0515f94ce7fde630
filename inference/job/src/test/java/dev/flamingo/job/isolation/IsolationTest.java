package dev.flamingo.job.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flamingo.job.kafka.OutboundRecord;
import dev.flamingo.job.kafka.SideDoor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;

/** In a real Flink that starts no job again, so that any failure is seen. */
final class IsolationTest {

  private final StreamExecutionEnvironment environment =
      StreamExecutionEnvironment.createLocalEnvironment(
          1, new Configuration().set(RestartStrategyOptions.RESTART_STRATEGY, "none"));

  @Test
  void aRecordThatAFunctionFailsOnEndsAloneAsWhatItsOwnerSays() throws Exception {
    SingleOutputStreamOperator<String> out = processed();

    List<String> ended = all(out.getSideOutput(SideDoor.OUTBOUND).map(new KeyOf()));
    assertThat(ended).containsExactly("bad");
    assertThat(all(processed())).containsExactly("good", "fine");
  }

  @Test
  void whatFailsBehindAFunctionIsNotHeldAgainstItsRecord() {
    DataStream<String> broken = processed().map(new Broken());

    assertThatThrownBy(() -> all(broken)).hasStackTraceContaining("the operator behind is broken");
  }

  @Test
  void anAsynchronousFailureEndsItsRecordNowAndLater() throws Exception {
    DataStream<String> out =
        AsyncDataStream.orderedWait(
            environment.fromData("good", "bad", "late", "fine"),
            new IsolatedAsync<>(new Later(), String.class, (record, now) -> "instead of " + record),
            1,
            TimeUnit.MINUTES);

    assertThat(all(out)).containsExactly("good", "instead of bad", "instead of late", "fine");
  }

  private SingleOutputStreamOperator<String> processed() {
    return environment
        .fromData("good", "bad", "fine")
        .keyBy(word -> "key")
        .process(
            new IsolatedProcess<>(
                new Picky(),
                (record, now) ->
                    new OutboundRecord(
                        "topic",
                        record.getBytes(StandardCharsets.UTF_8),
                        null,
                        new String[0],
                        new byte[0][])),
            Types.STRING);
  }

  private static <T> List<T> all(DataStream<T> stream) throws Exception {
    List<T> all = new ArrayList<>();
    try (CloseableIterator<T> results = stream.executeAndCollect()) {
      results.forEachRemaining(all::add);
    }
    return all;
  }

  private static final class Picky extends KeyedProcessFunction<String, String, String> {
    private static final long serialVersionUID = 1;

    @Override
    public void processElement(String word, Context context, Collector<String> out) {
      if (word.equals("bad")) {
        throw new ArithmeticException("long overflow");
      }
      out.collect(word);
    }
  }

  private static final class Later extends RichAsyncFunction<String, String> {
    private static final long serialVersionUID = 1;

    @Override
    public void asyncInvoke(String word, ResultFuture<String> result) {
      if (word.equals("bad")) {
        throw new ArithmeticException("long overflow");
      }
      var unused =
          CompletableFuture.runAsync(
              () -> {
                if (word.equals("late")) {
                  result.completeExceptionally(new ArithmeticException("long overflow"));
                } else {
                  result.complete(List.of(word));
                }
              });
    }
  }

  private static final class Broken implements MapFunction<String, String> {
    private static final long serialVersionUID = 1;

    @Override
    public String map(String word) {
      throw new IllegalStateException("the operator behind is broken");
    }
  }

  private static final class KeyOf implements MapFunction<OutboundRecord, String> {
    private static final long serialVersionUID = 1;

    @Override
    public String map(OutboundRecord record) {
      byte[] key = record.key();
      return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }
  }
}
