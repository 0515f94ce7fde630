package dev.flamingo.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerJsonTest {

  private static final Instant FIRST = Instant.parse("2026-05-01T12:00:00Z");
  private static final Instant LAST = Instant.parse("2026-05-01T12:00:01.500Z");

  private final JsonSerde<Answer> serde = new JsonSerde<>(Answer.class);
  private final ObjectMapper plain = new ObjectMapper();

  @Test
  void aCompletedAnswerHasTheContractsFields() throws IOException {
    Answer answer =
        new Answer(
            "q1",
            "what color is the bus?",
            "street",
            AnswerKind.ANSWER,
            AnswerStatus.COMPLETED,
            "red",
            Finish.STOP,
            null,
            new AnswerWindow(FIRST, LAST, List.of(FIRST, LAST)),
            0.75,
            "street@0123456789ab",
            new Timings(3, 20, 25, 400));

    assertThat(plain.readTree(serde.write(answer)))
        .isEqualTo(
            plain.readTree(
                """
                {"id":"q1","question":"what color is the bus?","stream":"street","kind":"answer",
                 "status":"completed","text":"red","finish":"stop",
                 "window":{"from":"2026-05-01T12:00:00Z","to":"2026-05-01T12:00:01.500Z",
                           "frames":["2026-05-01T12:00:00Z","2026-05-01T12:00:01.500Z"]},
                 "confidence":0.75,"model":"street@0123456789ab",
                 "timings":{"queued":3,"firstToken":20,"total":25,"windowAge":400}}
                """));
    assertThat(serde.read(serde.write(answer))).isEqualTo(answer);
  }

  @Test
  void anAnswerSaysHowFamiliarItsPictureAndQuestionAreWhereThatWasMeasured() throws IOException {
    Answer answer = Answer.failed("q1", "why?", "street", ErrorCode.INTERNAL, "it was so");

    JsonNode unmeasured = plain.readTree(serde.write(answer));
    assertThat(unmeasured.has("familiar")).isFalse();
    assertThat(unmeasured.has("familiarity")).isFalse();

    JsonNode measured = plain.readTree(serde.write(answer.measured(false, 0.125)));
    assertThat(measured.get("familiar").booleanValue()).isFalse();
    assertThat(measured.get("familiarity").doubleValue()).isEqualTo(0.125);
    assertThat(serde.read(serde.write(answer.measured(false, 0.125))))
        .isEqualTo(answer.measured(false, 0.125));
  }

  @Test
  void aFailureHasAnErrorAndNoText() throws IOException {
    Answer answer =
        Answer.failed("q1", "why?", "street", ErrorCode.UNKNOWN_STREAM, "no stream is called so");

    assertThat(plain.readTree(serde.write(answer)))
        .isEqualTo(
            plain.readTree(
                """
                {"id":"q1","question":"why?","stream":"street","kind":"answer","status":"failed",
                 "error":{"code":"unknown-stream","message":"no stream is called so"}}
                """));
    assertThat(serde.read(serde.write(answer))).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource({
    "BAD_QUESTION,bad-question",
    "UNKNOWN_STREAM,unknown-stream",
    "NO_VIDEO,no-video",
    "DEADLINE,deadline",
    "OVERLOADED,overloaded",
    "INTERNAL,internal"
  })
  void errorCodesAreWrittenInLowerCaseWithHyphens(ErrorCode code, String name) throws IOException {
    Answer answer = Answer.failed("q1", null, null, code, "it was so");

    JsonNode json = plain.readTree(serde.write(answer));
    assertThat(json.at("/error/code").textValue()).isEqualTo(name);
    assertThat(serde.read(serde.write(answer))).isEqualTo(answer);
  }

  @Test
  void aWithdrawnQuestionIsCancelled() throws IOException {
    Answer answer = Answer.cancelled("q1", "why?", "street");

    assertThat(plain.readTree(serde.write(answer)).get("status").textValue())
        .isEqualTo("cancelled");
    assertThat(serde.read(serde.write(answer))).isEqualTo(answer);
  }

  @Test
  void aCaptionSaysThatItIsOne() throws IOException {
    Answer caption =
        new Answer(
            "c1",
            null,
            "street",
            AnswerKind.CAPTION,
            AnswerStatus.COMPLETED,
            "a red bus",
            Finish.LENGTH,
            null,
            null,
            null,
            null,
            null);

    JsonNode json = plain.readTree(serde.write(caption));
    assertThat(json.get("kind").textValue()).isEqualTo("caption");
    assertThat(json.get("finish").textValue()).isEqualTo("length");
    assertThat(serde.read(serde.write(caption))).isEqualTo(caption);
  }

  @Test
  void aDeltaKeepsTheSpaceBeforeItsWord() {
    JsonSerde<AnswerDelta> deltas = new JsonSerde<>(AnswerDelta.class);
    AnswerDelta delta = new AnswerDelta("q1", 1, 4, " bus");

    assertThat(new String(deltas.write(delta), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("{\"id\":\"q1\",\"attempt\":1,\"index\":4,\"text\":\" bus\"}");
    assertThat(deltas.read(deltas.write(delta))).isEqualTo(delta);
  }
}
