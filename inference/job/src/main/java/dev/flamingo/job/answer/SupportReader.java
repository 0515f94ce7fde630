package dev.flamingo.job.answer;

import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.Support;
import dev.flamingo.job.kafka.ReceivedRecord;
import dev.flamingo.job.kafka.RecordReader;
import java.nio.charset.StandardCharsets;

/** Reads the registry of supports. */
public final class SupportReader implements RecordReader<RegisteredSupport> {

  /** What the dead letter of a record that is no support is called. */
  public static final String BAD_SUPPORT = "bad-support";

  private static final long serialVersionUID = 1;
  private static final int LONGEST_NAME = 200;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient JsonSerde<Support> supports;

  @Override
  public void open() {
    supports = new JsonSerde<>(Support.class);
  }

  @Override
  public RegisteredSupport read(ReceivedRecord received, long now) {
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
