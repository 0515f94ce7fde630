package dev.flamingo.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QuestionJsonTest {

  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final Instant LATER = Instant.parse("2026-05-01T12:00:08.250Z");

  private final JsonSerde<Question> serde = new JsonSerde<>(Question.class);
  private final ObjectMapper plain = new ObjectMapper();

  @Test
  void whatAPersonTypesIntoAConsoleProducerIsAQuestion() {
    Question question = read("{\"stream\":\"street\",\"text\":\"what color is the bus?\"}");

    assertThat(question).isEqualTo(question(null, "what color is the bus?"));
    question.check();
    assertThat(question.tokenLimit()).isEqualTo(32);
    assertThat(question.deadlineMillis()).isEqualTo(10_000);
    assertThat(question.cancel()).isFalse();
  }

  @Test
  void aQuestionWithoutAnIdIsNamedAfterItsPlace() {
    assertThat(question(null, "why?").withIdAt(3, 1_234).id()).isEqualTo("q-3-1234");
    assertThat(question("mine", "why?").withIdAt(3, 1_234).id()).isEqualTo("mine");
  }

  @Test
  void everyFieldHasTheContractsNameAndForm() {
    Question question =
        read(
            """
            {"id":"q1","stream":"street","text":"what?","from":"2026-05-01T12:00:00Z",
             "to":"2026-05-01T12:00:08.250Z","support":"cars",
             "examples":[{"image":"/9j/","question":"what?","answer":"a bus"},
                         {"window":"2026-05-01T12:00:00Z","question":"who?","answer":"a dog"},
                         {"window":{"from":"2026-05-01T12:00:00Z","frames":[],
                                    "to":"2026-05-01T12:00:08.250Z"},
                          "question":"who?","answer":"a cat"}],
             "standing":{"everySeconds":8,"onlyWhenChanged":true},
             "maxTokens":7,"deadlineMs":2500,"cancel":true}
            """);

    assertThat(question)
        .isEqualTo(
            new Question(
                "q1",
                "street",
                "what?",
                null,
                NOON,
                LATER,
                List.of(
                    new Example("/9j/", null, "what?", "a bus"),
                    new Example(null, new Example.Window(NOON, NOON), "who?", "a dog"),
                    new Example(null, new Example.Window(NOON, LATER), "who?", "a cat")),
                "cars",
                new Question.Standing(8, true),
                7,
                2_500,
                true));
    assertThat(serde.read(serde.write(question))).isEqualTo(question);
  }

  @Test
  void aMomentIsWrittenAsTextInUtc() throws IOException {
    Question asked = read("{\"stream\":\"s\",\"text\":\"t\",\"at\":\"2026-05-01T12:00:08.250Z\"}");

    assertThat(asked.at()).isEqualTo(LATER);
    assertThat(json(asked).get("at").textValue()).isEqualTo("2026-05-01T12:00:08.250Z");
  }

  @Test
  void whatIsLeftOutIsNotWritten() throws IOException {
    assertThat(json(question("q1", "why?")).fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("id", "stream", "text");
    assertThat(json(Question.cancelling("q1", "street")).fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("id", "stream", "cancel");
  }

  @Test
  void unknownFieldsArePassedOver() {
    assertThat(read("{\"stream\":\"street\",\"mood\":{\"good\":[1,2]},\"text\":\"why?\",\"v\":2}"))
        .isEqualTo(question(null, "why?"));
  }

  @Test
  void textInAnyScriptComesThrough() {
    Question question = question("q1", "¿de qué color? 🚌 \"quoted\"\n\u0001");

    assertThat(serde.read(serde.write(question))).isEqualTo(question);
  }

  private static Question question(@Nullable String id, String text) {
    return new Question(id, "street", text, null, null, null, null, null, null, null, null, false);
  }

  private Question read(String json) {
    return serde.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private JsonNode json(Question question) throws IOException {
    return plain.readTree(serde.write(question));
  }
}
