package dev.flamingo.job.answer;

import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.StreamId;
import dev.flamingo.events.StreamSpec;
import dev.flamingo.job.kafka.ReceivedRecord;
import dev.flamingo.job.kafka.RecordReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

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
    return new StreamNews(stream, null, registration(received.value()));
  }

  private StreamNews.Registration registration(byte @Nullable [] value) {
    return value == null
        ? new StreamNews.Registration(false, false)
        : new StreamNews.Registration(true, specs.read(value).captions());
  }
}
