package dev.flamingo.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers may put on a topic is told in one sentence, whatever it is. */
class GarbageTest {

  private static final String SENTENCE = "[a-z][^\n\r]{5,600}";

  private final JsonSerde<Question> questions = new JsonSerde<>(Question.class);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "what color is the bus?",
        "true",
        "7",
        "\"text\"",
        "[]",
        "[{\"stream\":\"street\",\"text\":\"why?\"}]",
        "{",
        "{\"stream\":\"street\"",
        "{\"stream\":\"street\",\"text\":\"why?",
        "{'stream':'street','text':'why?'}",
        "{\"stream\":\"street\",\"text\":{\"a\":1}}",
        "{\"stream\":[\"street\"],\"text\":\"why?\"}",
        "{\"stream\":\"street\",\"text\":\"why?\",\"maxTokens\":\"many\"}",
        "{\"stream\":\"street\",\"text\":\"why?\",\"maxTokens\":99999999999}",
        "{\"stream\":\"street\",\"text\":\"why?\",\"maxTokens\":1e400}",
        "{\"stream\":\"street\",\"text\":\"why?\",\"deadlineMs\":{}}",
        "{\"stream\":\"street\",\"text\":\"why?\",\"cancel\":\"perhaps\"}",
        "{\"stream\":\"street\",\"text\":\"why?\",\"at\":\"yesterday\"}",
        "{\"stream\":\"street\",\"text\":\"why?\",\"at\":[2026,5]}",
        "{\"stream\":\"street\",\"text\":\"why?\",\"at\":9223372036854775807}",
        "{\"stream\":\"street\",\"text\":\"why?\",\"examples\":{}}",
        "{\"stream\":\"street\",\"text\":\"why?\",\"examples\":[1]}",
        "{\"stream\":\"street\",\"text\":\"why?\",\"standing\":true}",
        "{\"stream\":\"street\",\"text\":\"why?\",\"standing\":{\"everySeconds\":\"often\"}}",
        "<question>why?</question>"
      })
  void whatIsNoQuestionIsToldInOneSentence(String value) {
    malformed(questions, value.getBytes(StandardCharsets.UTF_8), "the value is no question");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e300", "-1e300", "1e1000000000", "0.1e-999999999", "1777777777.5"})
  void momentsThatAreNumbersAreReadOrTold(String at) {
    String value = "{\"stream\":\"street\",\"text\":\"why?\",\"at\":" + at + "}";

    assertThatCode(() -> complains(value.getBytes(StandardCharsets.UTF_8)))
        .doesNotThrowAnyException();
  }

  @Test
  void theFieldThatDoesNotFitIsNamedAndItsValueIsNot() {
    byte[] value = "{\"stream\":\"s\",\"maxTokens\":\"many\"}".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> questions.read(value))
        .hasMessage("the value is no question: field maxTokens has a value of the wrong kind");
  }

  @Test
  void bytesByChanceAreNoQuestion() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(64)];
      random.nextBytes(bytes);
      malformed(questions, bytes, "the value is no question");
    }
  }

  @Test
  void aQuestionWithSomeBytesBrokenIsReadOrTold() {
    byte[] whole =
        "{\"stream\":\"street\",\"text\":\"why?\",\"maxTokens\":3}"
            .getBytes(StandardCharsets.UTF_8);
    SplittableRandom random = new SplittableRandom(8);
    int told = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = whole.clone();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      told += complains(bytes) ? 1 : 0;
    }
    assertThat(told).isBetween(500, 1_999);
  }

  @Test
  void fiveMegabytesOfAnythingAreTold() {
    String five = "x".repeat(5_000_000);
    for (String value :
        List.of(
            five,
            "\"" + five + "\"",
            "{\"stream\":\"street\",\"text\":\"" + five + "\"}",
            "{\"" + five + "\":1}",
            "{\"stream\":\"street\",\"maxTokens\":" + "9".repeat(5_000_000) + "}",
            "{\"stream\":\"street\",\"text\":\"why?\",\"examples\":["
                + "1,".repeat(2_500_000)
                + "1]}")) {
      malformed(questions, value.getBytes(StandardCharsets.UTF_8), "the value is no question");
    }
  }

  @Test
  void deepNestingIsToldEvenInFieldsThatArePassedOver() {
    for (String value :
        List.of(
            "[".repeat(1_000_000),
            "{\"a\":".repeat(500_000),
            "{\"stream\":\"street\",\"text\":\"why?\",\"other\":"
                + "[".repeat(30)
                + "]".repeat(30)
                + "}")) {
      malformed(questions, value.getBytes(StandardCharsets.UTF_8), "the value is no question");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "rtsp://admin:secret@cam/1",
        "\"rtsp://admin:secret@cam/1\"",
        "{\"uri\":null}",
        "{\"uri\":\"\"}",
        "{\"uri\":\"  \"}",
        "{\"uri\":rtsp://admin:secret@cam/1}",
        "{\"uri\":[\"rtsp://admin:secret@cam/1\"]}",
        "{\"uri\":{\"rtsp://admin:secret@cam/1\":1}}",
        "{\"uri\":\"rtsp://admin:secret@cam/1\"",
        "{\"uri\":\"rtsp://admin:secret@cam/1\",\"enabled\":\"perhaps\"}",
        "{\"uri\":\"rtsp://admin:secret@cam/1\",\"labels\":[]}",
        "{\"uri\":\"rtsp://admin:secret@cam/1\",\"labels\":{\"place\":null}}",
        "{\"uri\":\"rtsp://admin:secret@cam/1\",\"labels\":{\"place\":{}}}"
      })
  void whatIsNoStreamIsToldWithoutItsCredentials(String value) {
    JsonSerde<StreamSpec> streams = new JsonSerde<>(StreamSpec.class);
    malformed(streams, value.getBytes(StandardCharsets.UTF_8), "the value is no streamspec");
    assertThatThrownBy(() -> streams.read(value.getBytes(StandardCharsets.UTF_8)))
        .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain("secret"));
  }

  private boolean complains(byte[] bytes) {
    try {
      questions.read(bytes).check();
      return false;
    } catch (MalformedEventException | IllegalArgumentException e) {
      assertThat(e.getMessage()).matches(SENTENCE);
      return true;
    }
  }

  private static void malformed(JsonSerde<?> serde, byte[] bytes, String beginning) {
    assertThatThrownBy(() -> serde.read(bytes))
        .isInstanceOf(MalformedEventException.class)
        .satisfies(e -> assertThat(e.getMessage()).startsWith(beginning).matches(SENTENCE));
  }
}
