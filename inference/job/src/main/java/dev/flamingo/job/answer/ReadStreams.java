package dev.flamingo.job.answer;

import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.MalformedEventException;
import dev.flamingo.events.StreamId;
import dev.flamingo.events.StreamSpec;
import dev.flamingo.events.Topics;
import dev.flamingo.job.kafka.OutboundRecord;
import dev.flamingo.job.kafka.ReceivedRecord;
import dev.flamingo.job.kafka.SideDoor;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Reads the registry of streams; what is no stream becomes a dead letter. */
public final class ReadStreams extends ProcessFunction<ReceivedRecord, StreamNews> {

  private static final long serialVersionUID = 1;
  private static final String BAD_STREAM = "bad-stream";

  private final String prefix;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient JsonSerde<StreamSpec> specs;

  /** Makes one for topics of this prefix. */
  public ReadStreams(String prefix) {
    this.prefix = prefix;
  }

  @Override
  public void open(OpenContext context) {
    specs = new JsonSerde<>(StreamSpec.class);
  }

  @Override
  public void processElement(ReceivedRecord received, Context context, Collector<StreamNews> news) {
    try {
      byte[] key = received.key();
      if (key == null) {
        throw new IllegalArgumentException("a stream needs its id as key");
      }
      String stream = new StreamId(new String(key, StandardCharsets.UTF_8)).value();
      news.collect(new StreamNews(stream, null, registration(received.value())));
    } catch (MalformedEventException | IllegalArgumentException e) {
      context.output(
          SideDoor.OUTBOUND,
          OutboundRecord.deadLetter(
              new Topics(prefix), received, BAD_STREAM, String.valueOf(e.getMessage())));
    }
  }

  private StreamNews.Registration registration(byte @Nullable [] value) {
    return value == null
        ? new StreamNews.Registration(false, false)
        : new StreamNews.Registration(true, specs.read(value).captions());
  }
}
