package dev.flamingo.job.answer;

import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.MalformedEventException;
import dev.flamingo.events.Support;
import dev.flamingo.events.Topics;
import dev.flamingo.job.kafka.OutboundRecord;
import dev.flamingo.job.kafka.ReceivedRecord;
import dev.flamingo.job.kafka.SideDoor;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Reads the registry of supports; what is no support becomes a dead letter. */
public final class ReadSupports extends ProcessFunction<ReceivedRecord, RegisteredSupport> {

  private static final long serialVersionUID = 1;
  private static final String BAD_SUPPORT = "bad-support";
  private static final int LONGEST_NAME = 200;

  private final String prefix;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient JsonSerde<Support> supports;

  /** Makes one for topics of this prefix. */
  public ReadSupports(String prefix) {
    this.prefix = prefix;
  }

  @Override
  public void open(OpenContext context) {
    supports = new JsonSerde<>(Support.class);
  }

  @Override
  public void processElement(
      ReceivedRecord received, Context context, Collector<RegisteredSupport> read) {
    try {
      read.collect(read(received));
    } catch (MalformedEventException | IllegalArgumentException e) {
      context.output(
          SideDoor.OUTBOUND,
          OutboundRecord.deadLetter(
              new Topics(prefix), received, BAD_SUPPORT, String.valueOf(e.getMessage())));
    }
  }

  private RegisteredSupport read(ReceivedRecord received) {
    byte[] key = received.key();
    String name = key == null ? "" : new String(key, StandardCharsets.UTF_8);
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException("a support needs a key of 1 to 200 characters: its name");
    }
    byte[] value = received.value();
    if (value == null) {
      return new RegisteredSupport(name, AskedExample.NONE);
    }
    Support support = supports.read(value);
    support.check();
    return new RegisteredSupport(name, AskedExample.of(support.examples()));
  }
}
