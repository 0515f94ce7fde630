package dev.flamingo.job.answer;

import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.StreamId;
import dev.flamingo.events.StreamSpec;
import dev.flamingo.job.kafka.ReceivedRecord;
import dev.flamingo.job.kafka.RecordReader;
import java.nio.charset.StandardCharsets;

/** Reads the registry of streams. */
public final class StreamReader implements RecordReader<StreamNews> {

  /** What the dead letter of a record that is no stream is called. */
  public static final String BAD_STREAM = "bad-stream";

  private static final long serialVersionUID = 1;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient JsonSerde<StreamSpec> specs;

  @Override
  public void open() {
    specs = new JsonSerde<>(StreamSpec.class);
  }

  @Override
  public StreamNews read(ReceivedRecord received, long now) {
    byte[] key = received.key();
    if (key == null) {
      throw new IllegalArgumentException("a stream needs its id as key");
    }
    String stream = new StreamId(new String(key, StandardCharsets.UTF_8)).value();
    return new StreamNews(stream, null, registration(received));
  }

  private StreamNews.Registration registration(ReceivedRecord received) {
    byte[] value = received.value();
    return new StreamNews.Registration(
        value != null, value != null && specs.read(value).captions(), received.timestamp());
  }
}
