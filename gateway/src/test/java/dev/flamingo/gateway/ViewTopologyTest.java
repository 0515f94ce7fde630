package dev.flamingo.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerKind;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewTopologyTest {

  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final Duration KEEP = Duration.ofHours(1);
  private static final Instant FUTURE = NOON.plus(Duration.ofDays(1_000));

  private final Topics topics = Topics.standard();
  private final JsonSerde<Answer> serde = new JsonSerde<>(Answer.class);
  private final TopologyTestDriver driver;
  private final TestInputTopic<String, byte[]> answers;
  private final TestInputTopic<String, byte[]> captions;
  private final TestOutputTopic<String, byte[]> deadLetters;

  ViewTopologyTest(@TempDir Path folder) {
    Properties settings = new Properties();
    settings.putAll(
        Map.of(
            "application.id", "views",
            "bootstrap.servers", "nowhere:1",
            "state.dir", folder.toString()));
    driver = new TopologyTestDriver(new ViewTopology(topics, KEEP).build(), settings, NOON);
    answers = input(topics.answers());
    captions = input(topics.captions());
    deadLetters =
        driver.createOutputTopic(
            topics.deadLetters(), new StringDeserializer(), new ByteArrayDeserializer());
  }

  private TestInputTopic<String, byte[]> input(String topic) {
    return driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer());
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void theFirstFinalAnswerOfAQuestionWins() {
    answers.pipeInput("q1", answer("q1", "red"), NOON);
    answers.pipeInput("q1", answer("q1", "blue"), NOON.plusSeconds(1));
    answers.pipeInput("q2", answer("q2", "green"), NOON.plusSeconds(2));

    assertThat(remembered("q1")).isEqualTo("red");
    assertThat(remembered("q2")).isEqualTo("green");
    assertThat(deadLetters.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "",
        "[]",
        "null",
        "{}",
        "{\"id\":\"q1\"}",
        "{\"id\":\"q1\",\"status\":\"odd\"}"
      })
  void whatIsNoAnswerBecomesADeadLetterThatSaysWhereItWas(String garbage) {
    answers.pipeInput("q0", answer("q0", "red"), NOON);
    answers.pipeInput("q1", garbage.getBytes(UTF_8), NOON);
    answers.pipeInput("q1", answer("q1", "blue"), NOON);

    TestRecord<String, byte[]> dead = deadLetters.readRecord();
    assertThat(dead.key()).isEqualTo("q1");
    assertThat(new String(dead.value(), UTF_8)).isEqualTo(garbage);
    assertThat(header(dead, "error-code")).isEqualTo("malformed");
    assertThat(header(dead, "error-message")).startsWith("the value is no answer");
    assertThat(header(dead, "source-topic")).isEqualTo("flamingo.answers");
    assertThat(header(dead, "source-offset")).isEqualTo("1");
    assertThat(deadLetters.isEmpty()).isTrue();
    assertThat(remembered("q1")).isEqualTo("blue");
  }

  @Test
  void aCaptionWithoutKeyOrValueBecomesADeadLetter() {
    captions.pipeInput(null, answer("c", "a bus"), NOON);
    captions.pipeInput("street", null, NOON);

    for (int offset = 0; offset < 2; offset++) {
      TestRecord<String, byte[]> dead = deadLetters.readRecord();
      assertThat(header(dead, "error-code")).isEqualTo("malformed");
      assertThat(header(dead, "error-message")).isEqualTo("the record has no key or no value");
      assertThat(header(dead, "source-topic")).isEqualTo("flamingo.captions");
      assertThat(header(dead, "source-offset")).isEqualTo(Integer.toString(offset));
    }
    assertThat(captions("street", NOON, NOON)).isEmpty();
  }

  @Test
  void captionsAreFoundByStreamAndTimeInOrder() {
    captions.pipeInput("street", answer("c3", "third"), NOON.plusSeconds(20));
    captions.pipeInput("street", answer("c1", "first"), NOON);
    captions.pipeInput("street", answer("c2", "second"), NOON.plusSeconds(10));
    captions.pipeInput("street-2", answer("d1", "another stream"), NOON.plusSeconds(5));
    captions.pipeInput("stree", answer("e1", "a shorter name"), NOON.plusSeconds(5));

    assertThat(captions("street", NOON, NOON.plusSeconds(20)))
        .containsExactly("first", "second", "third");
    assertThat(captions("street", NOON.plusMillis(1), NOON.plusSeconds(10)))
        .containsExactly("second");
    assertThat(captions("street-2", Instant.EPOCH, NOON.plusSeconds(60)))
        .containsExactly("another stream");
  }

  @Test
  void whatIsOlderThanItMayBeIsForgotten() {
    answers.pipeInput("old", answer("old", "red"), NOON);
    captions.pipeInput("street", answer("c1", "old"), NOON);
    assertThat(remembered("old")).isEqualTo("red");

    Instant later = NOON.plus(KEEP);
    answers.pipeInput("young", answer("young", "blue"), later);
    captions.pipeInput("street", answer("c2", "young"), later);

    assertThat(remembered("old")).isNull();
    assertThat(remembered("young")).isEqualTo("blue");
    assertThat(captions("street", NOON, later)).containsExactly("young");
  }

  @Test
  void aRecordOfTheFarFutureLosesNoneThatComesAfterIt() {
    answers.pipeInput("q1", answer("q1", "red"), NOON);
    answers.pipeInput("future", answer("future", "blue"), NOON.plus(Duration.ofDays(365)));
    answers.pipeInput("q2", answer("q2", "green"), NOON.plusSeconds(1));
    answers.pipeInput("past", answer("past", "grey"), Instant.ofEpochMilli(0));

    assertThat(remembered("future")).isEqualTo("blue");
    assertThat(remembered("q2")).isEqualTo("green");
    assertThat(remembered("past")).isNull();
  }

  private byte[] answer(String id, String text) {
    return serde.write(LiveGateway.completed(id, null, AnswerKind.ANSWER, text));
  }

  private @Nullable String remembered(String id) {
    try (WindowStoreIterator<byte[]> found =
        store(ViewTopology.ANSWERS).fetch(id, Instant.EPOCH, FUTURE)) {
      return found.hasNext() ? serde.read(found.next().value).text() : null;
    }
  }

  private List<String> captions(String stream, Instant from, Instant to) {
    List<String> texts = new ArrayList<>();
    try (WindowStoreIterator<byte[]> found = store(ViewTopology.CAPTIONS).fetch(stream, from, to)) {
      found.forEachRemaining(entry -> texts.add(String.valueOf(serde.read(entry.value).text())));
    }
    return texts;
  }

  private WindowStore<String, byte[]> store(String name) {
    return driver.getWindowStore(name);
  }

  private static String header(TestRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
