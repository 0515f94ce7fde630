package dev.flamingo.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionLimitsTest {

  private final JsonSerde<Question> serde = new JsonSerde<>(Question.class);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1_000})
  void aTextOfOneToAThousandCharactersPasses(int length) {
    assertThatCode(Question.of("q", "street", "x".repeat(length))::check)
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1001,1001", "1000000,1000000"})
  void anotherLengthIsToldWithTheLimit(int length, String told) {
    assertThatIllegalArgumentException()
        .isThrownBy(Question.of("q", "street", "x".repeat(length))::check)
        .withMessage("the text must have 1 to 1000 characters, not " + told);
  }

  @Test
  void anEmojiIsOneCharacter() {
    assertThatCode(Question.of("q", "street", "🚌".repeat(1_000))::check)
        .doesNotThrowAnyException();
    refused("{\"stream\":\"street\",\"text\":\"%s\"}".formatted("🚌".repeat(1_001)), "not 1001");
  }

  @Test
  void aBlankOrMissingTextIsNone() {
    refused("{\"stream\":\"street\",\"text\":\"  \\n \"}", "1 to 1000 characters");
    refused("{\"stream\":\"street\",\"text\":null}", "1 to 1000 characters, not 0");
    refused("{\"stream\":\"street\"}", "1 to 1000 characters, not 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "street", "cam-1.north_side", "9lives"})
  void streamIdsOfTheContractPass(String id) {
    assertThatCode(Question.of("q", id, "why?")::check).doesNotThrowAnyException();
    assertThatCode(() -> new StreamId("a" + "b".repeat(62))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "Street", "-street", ".street", "_x", "a b", "straße", "a/b", "a\n"})
  void otherStreamIdsDoNot(String id) {
    assertThatIllegalArgumentException()
        .isThrownBy(Question.of("q", id, "why?")::check)
        .withMessageContaining("[a-z0-9][a-z0-9._-]{0,62}");
  }

  @Test
  void aLongStreamIdIsRefusedAndNotRepeatedInFull() {
    refused("{\"stream\":\"%s\",\"text\":\"why?\"}".formatted("a".repeat(64)), "stream id");
    refused("{\"stream\":\"%s\",\"text\":\"why?\"}".formatted("a".repeat(50_000)), "stream id");
  }

  @Test
  void aMissingStreamIsNamed() {
    refused("{\"text\":\"why?\"}", "stream is missing");
    refused("{}", "stream is missing");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 32, 256})
  void tokenLimitsInsideTheRangePass(int tokens) {
    assertThatCode(read(with("\"maxTokens\":" + tokens))::check).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 257, Integer.MAX_VALUE})
  void otherTokenLimitsDoNot(int tokens) {
    refused(with("\"maxTokens\":" + tokens), "maxTokens must be 1 to 256, not " + tokens);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10_000, 600_000})
  void deadlinesInsideTheRangePass(int millis) {
    assertThatCode(read(with("\"deadlineMs\":" + millis))::check).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 600_001})
  void otherDeadlinesDoNot(int millis) {
    refused(with("\"deadlineMs\":" + millis), "deadlineMs must be 1 to 600000, not " + millis);
  }

  @Test
  void idsAreNeitherBlankNorEndless() {
    refused(with("\"id\":\"\""), "the id must have 1 to 200 characters");
    refused(with("\"id\":\"   \""), "the id must have 1 to 200 characters");
    refused(with("\"id\":\"%s\"".formatted("x".repeat(201))), "1 to 200 characters");
    assertThatCode(read(with("\"id\":\"%s\"".formatted("x".repeat(200))))::check)
        .doesNotThrowAnyException();
  }

  @Test
  void aMomentAndARangeExcludeEachOther() {
    String noon = "\"2026-05-01T12:00:00Z\"";
    String later = "\"2026-05-01T12:00:01Z\"";
    refused(with("\"at\":%s,\"from\":%s,\"to\":%s".formatted(noon, noon, later)), "either at");
    refused(with("\"from\":" + noon), "both from and to");
    refused(with("\"to\":" + noon), "both from and to");
    refused(with("\"from\":%s,\"to\":%s".formatted(later, noon)), "ends before it begins");
    assertThatCode(read(with("\"from\":%s,\"to\":%s".formatted(noon, noon)))::check)
        .doesNotThrowAnyException();
  }

  @Test
  void examplesAreBounded() {
    String example = "{\"image\":\"x\",\"question\":\"what?\",\"answer\":\"a bus\"}";
    refused(with("\"examples\":[" + (example + ",").repeat(32) + example + "]"), "32 examples");
    refused(with("\"examples\":[null]"), "example 1 is null");
    refused(with("\"support\":\"cars\",\"examples\":[" + example + "]"), "examples, or a support");
    refused(with("\"support\":\" \""), "the name of a support");
    assertThatCode(read(with("\"examples\":[" + (example + ",").repeat(31) + example + "]"))::check)
        .doesNotThrowAnyException();
  }

  @Test
  void anExampleShowsOneThingAndIsAnswered() {
    String noon = "\"2026-05-01T12:00:00Z\"";
    String later = "\"2026-05-01T12:00:01Z\"";
    String said = "\"question\":\"what?\",\"answer\":\"a bus\"}";
    refused(examples("{" + said), "either an image or a window");
    refused(examples("{\"image\":\"x\",\"window\":" + noon + "," + said), "example 1 must show");
    refused(
        examples("{\"window\":{\"from\":%s,\"to\":%s},".formatted(later, noon) + said),
        "ends before it begins");
    refused(examples("{\"image\":\"x\",\"question\":\"what?\"}"), "needs an answer");
    refused(examples("{\"image\":\"x\",\"answer\":\"a bus\"}"), "needs a question");
    String image = "{\"image\":\"%s\",".formatted("x".repeat(600_000)) + said;
    refused(examples(image + "," + image), "send smaller pictures");
  }

  @Test
  void anImageIsBase64OrADataUri() {
    byte[] bytes = {1, 2, 3, 4};
    String text = Base64.getEncoder().encodeToString(bytes);
    assertThat(Example.of(text, "what?", "a bus").jpeg()).containsExactly(bytes);
    assertThat(Example.of("data:image/jpeg;base64," + text, "what?", "a bus").jpeg())
        .containsExactly(bytes);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Example.of("data:image/png;base64," + text, "what?", "a bus").jpeg())
        .withMessageContaining("not a jpeg");
  }

  @Test
  void aSupportHasExamples() {
    JsonSerde<Support> supports = new JsonSerde<>(Support.class);
    Support support = new Support(List.of(Example.of("AQ==", "what?", "a bus")));
    assertThatCode(supports.read(supports.write(support))::check).doesNotThrowAnyException();
    assertThat(supports.read(supports.write(support))).isEqualTo(support);
    for (String empty : List.of("{}", "{\"examples\":[]}")) {
      assertThatIllegalArgumentException()
          .isThrownBy(supports.read(empty.getBytes(StandardCharsets.UTF_8))::check)
          .withMessageContaining("at least one example");
    }
  }

  private static String examples(String json) {
    return with("\"examples\":[" + json + "]");
  }

  @Test
  void aWithdrawalNeedsAnIdAndNoText() {
    assertThatCode(Question.cancelling("q1", "street")::checkWithdrawal).doesNotThrowAnyException();
    assertThatIllegalArgumentException()
        .isThrownBy(read("{\"stream\":\"street\",\"cancel\":true}")::checkWithdrawal)
        .withMessageContaining("a withdrawal needs");
    refused("{\"id\":\"q1\",\"stream\":\"street\",\"cancel\":true}", "DELETE /v1/questions");
  }

  private static String with(String field) {
    return "{\"stream\":\"street\",\"text\":\"why?\"," + field + "}";
  }

  private Question read(String json) {
    return serde.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private void refused(String json, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(read(json)::check)
        .withMessageContaining(why)
        .satisfies(e -> assertThat(e.getMessage()).matches("[a-z][^\n]{5,300}"));
  }
}
