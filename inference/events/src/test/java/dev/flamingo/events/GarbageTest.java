package dev.flamingo.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "at":1e300                                         | field at is a number
          "at":-1e1000000000                                 | field at is a number
          "at":1795924067952                                 | field at is a number
          "at":""                                            | field at is no instant: give one
          "at":"yesterday"                                   | field at is no instant: give one
          "at":"2026-11-29T03:41:06"                         | field at has no zone: end it with Z
          "at":"+1000000000-12-31T23:59:59.999999999Z"       | the years 1970 to 9999
          "from":"-1000000000-01-01T00:00:00Z"               | the years 1970 to 9999
          "to":"1969-12-31T23:59:59.999Z"                    | the years 1970 to 9999
          "examples":[{"window":"+10000-01-01T00:00:00Z"}]   | the years 1970 to 9999
          "examples":[{"window":{"from":3,"to":4}}]          | field from is a number
          "maxTokens":2.9                                    | field maxTokens must be a whole number
          "maxTokens":""                                     | field maxTokens must be a whole number
          "deadlineMs":"5000"                                | field deadlineMs must be a whole number
          "deadlineMs":true                                  | field deadlineMs must be a whole number
          "maxTokens":99999999999                            | field maxTokens
          "text":["why?"]                                    | field text must be a text
          "text":5                                           | field text must be a text
          "text":2.5                                         | field text must be a text
          "support":true                                     | field support must be a text
          "examples":{}                                      | field examples must be a list
          "examples":[{"question":{}}]                       | field examples.question must be a text
          "streams":"*"                                      | field streams is not supported
          "find":"first"                                     | field find is not supported
          "until":{"confidence":0.8}                         | field until is not supported
          "abstain":0.5                                      | field abstain is not supported
          "previous":"q1"                                    | field previous is not supported
          "asker":"ann"                                      | field asker is not supported
          "standing":{"everySeconds":8}                      | field standing is not supported
          "cancel":true                                      | field cancel is not one of a question
          """)
  void theSentenceNamesTheFieldAndWhatItMustBe(String field, String sentence) {
    String value = "{\"stream\":\"s\",\"text\":\"why?\"," + field + "}";

    assertThatThrownBy(() -> questions.read(value.getBytes(StandardCharsets.UTF_8)).check())
        .hasMessageContaining(sentence)
        .satisfies(e -> assertThat(e.getMessage()).matches(SENTENCE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"zone", "masks", "retention", "prompt", "erase"})
  void fieldsOfStreamsThatAreNotImplementedAreRefusedByName(String field) {
    JsonSerde<StreamSpec> streams = new JsonSerde<>(StreamSpec.class);
    String value = "{\"uri\":\"street:\",\"%s\":%s}";

    malformed(
        streams,
        value.formatted(field, "[1]").getBytes(StandardCharsets.UTF_8),
        "the value is no streamspec: field %s is not supported by this version".formatted(field));
    assertThatCode(
            () -> streams.read(value.formatted(field, "null").getBytes(StandardCharsets.UTF_8)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"id\":\"second\"}", "\n{}", " 7", " xyz", "]"})
  void aRecordHoldsOneObject(String more) {
    String value = "{\"id\":\"first\",\"stream\":\"street\",\"text\":\"why?\"}" + more;

    malformed(questions, value.getBytes(StandardCharsets.UTF_8), "the value is no question");
    assertThat(QuestionOutline.of(value.getBytes(StandardCharsets.UTF_8)).id()).isEqualTo("first");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"stream":"s","text":"why             | it ends in the middle of its json object
          {"stream":"s"                         | it ends in the middle of its json object
          {stream:1}                            | it is not json from byte 1 on
          {"stream":"s"} xyz                    | it is not json from byte 15 on
          [[[[[[[[[[[[[[[[[[[[[[[[[]]           | it is empty or another thing than one json object
          {"a":[[[[[[[[[[[[[[[[[[[[[[[[[[[[     | it has a text that is too long, or is nested too deeply
          """)
  void whatIsNoJsonIsExplainedInPlainWords(String value, String sentence) {
    assertThatThrownBy(() -> questions.read(value.getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining(sentence)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("Stream", "Source", "Token"));
  }

  @Test
  void theFieldThatDoesNotFitIsNamedAndItsValueIsNot() {
    byte[] value = "{\"stream\":\"s\",\"maxTokens\":\"many\"}".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> questions.read(value))
        .hasMessage("the value is no question: field maxTokens must be a whole number");
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
