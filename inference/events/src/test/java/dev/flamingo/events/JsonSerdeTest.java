package dev.flamingo.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class JsonSerdeTest {

  private static final String TOPIC = "flamingo.questions";

  private final Serde<Question> serde = new JsonSerde<>(Question.class);

  @Test
  void whatIsSerialisedIsDeserialisedEqual() {
    Question question = Question.of("q1", "street", "why?");

    byte[] bytes = serde.serializer().serialize(TOPIC, question);

    assertThat(new String(bytes, StandardCharsets.UTF_8))
        .isEqualTo("{\"id\":\"q1\",\"stream\":\"street\",\"text\":\"why?\"}");
    assertThat(serde.deserializer().deserialize(TOPIC, bytes)).isEqualTo(question);
  }

  @Test
  void aTombstoneStaysOne() {
    assertThat(serde.serializer().serialize(TOPIC, null)).isNull();
    assertThat(serde.deserializer().deserialize(TOPIC, (byte[]) null)).isNull();
  }

  @Test
  void kafkaHearsOfGarbageByTheTypedException() {
    assertThatThrownBy(() -> serde.deserializer().deserialize(TOPIC, new byte[] {'x'}))
        .isInstanceOf(MalformedEventException.class)
        .hasMessageStartingWith("the value is no question: ");
  }

  @Test
  void closingAndConfiguringLeaveItUsable() {
    serde.configure(Map.of("any", "thing"), true);
    serde.close();

    assertThat(serde.serializer().serialize(TOPIC, Question.of("q", "s", "t"))).isNotEmpty();
  }
}
