package dev.flamingo.job.answer;

import dev.flamingo.events.Topics;
import dev.flamingo.events.VisualTokenHeaders;
import dev.flamingo.job.kafka.OutboundRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Makes the records of the visual tokens topic: history windows, with what their headers say. */
public final class PublishTokens implements FlatMapFunction<VisualTask, OutboundRecord> {

  private static final long serialVersionUID = 1;

  private final String prefix;

  /** Makes one for topics of this prefix. */
  public PublishTokens(String prefix) {
    this.prefix = prefix;
  }

  @Override
  public void flatMap(VisualTask task, Collector<OutboundRecord> records) {
    AskedWindow window = task.history();
    byte[] tokens = window == null ? null : window.tokens();
    if (window == null || tokens == null) {
      return;
    }
    RecordHeaders headers = new RecordHeaders();
    new VisualTokenHeaders(
            Instant.ofEpochMilli(window.from()),
            Instant.ofEpochMilli(window.to()),
            window.frames().length,
            window.model())
        .writeTo(headers);
    records.collect(
        OutboundRecord.of(
            new Topics(prefix).visualTokens(),
            task.stream().getBytes(StandardCharsets.UTF_8),
            tokens,
            headers));
  }
}
