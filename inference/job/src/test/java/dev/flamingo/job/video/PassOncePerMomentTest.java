package dev.flamingo.job.video;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.job.kafka.ReceivedRecord;
import dev.flamingo.job.state.StoredFrameV1;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

final class PassOncePerMomentTest {

  private final long start = System.currentTimeMillis();

  @Test
  void onlyWhatIsNewerPassesAndAStreamThatEndsIsForgotten() throws Exception {
    try (KeyedOneInputStreamOperatorTestHarness<String, Frame, StoredFrameV1> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new PassOncePerMoment(Duration.ofMinutes(16))),
            Frame::stream,
            Types.STRING)) {
      harness.open();
      harness.setProcessingTime(start);
      for (long time : new long[] {1, 2, 2, 1, 3}) {
        harness.processElement(new StreamRecord<>(frame("street", time)));
      }
      harness.processElement(new StreamRecord<>(frame("other", 1)));
      assertThat(harness.extractOutputValues())
          .extracting(frame -> frame.stream() + frame.timestamp())
          .containsExactly("street1", "street2", "street3", "other1");
      assertThat(harness.numKeyedStateEntries()).isEqualTo(2);

      harness.setProcessingTime(start + Duration.ofMinutes(15).toMillis());
      harness.processElement(new StreamRecord<>(frame("street", 4)));
      harness.setProcessingTime(start + Duration.ofMinutes(24).toMillis());

      assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
      harness.setProcessingTime(start + Duration.ofMinutes(60).toMillis());
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numProcessingTimeTimers()).isZero();
    }
  }

  private static Frame frame(String stream, long time) {
    return new Frame(
        stream,
        new ReceivedRecord("frames", 0, 0, time, null, new byte[4], new String[0], new byte[0][]));
  }
}
