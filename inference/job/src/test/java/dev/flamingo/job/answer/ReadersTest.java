package dev.flamingo.job.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerDelta;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.MalformedEventException;
import dev.flamingo.events.Question;
import dev.flamingo.events.QuestionOutline;
import dev.flamingo.events.StreamStatus;
import dev.flamingo.job.AbsurdRecords;
import dev.flamingo.job.AbsurdRecords.Absurd;
import dev.flamingo.job.kafka.ReceivedRecord;
import dev.flamingo.job.kafka.RecordReader;
import dev.flamingo.job.video.FrameReader;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Readers make something of every record or say in a sentence why not, and throw nothing else. */
class ReadersTest {

  private static final long NOW = System.currentTimeMillis();

  @Property(tries = 1_000)
  void whateverARecordHoldsItIsReadOrRefusedInASentence(@ForAll("records") Absurd absurd) {
    ReceivedRecord received =
        new ReceivedRecord(
            "topic",
            0,
            1,
            absurd.timestamp() == null ? NOW : absurd.timestamp(),
            absurd.key(),
            absurd.value(),
            new String[0],
            new byte[0][]);
    RecordReader<?> reader =
        switch (absurd.kind()) {
          case QUESTION -> ReadersTest::question;
          case STREAM -> new StreamReader();
          case SUPPORT -> new SupportReader();
          case FRAME -> new FrameReader();
        };
    reader.open();
    try {
      assertThat(reader.read(received, NOW)).isNotNull();
    } catch (MalformedEventException | IllegalArgumentException e) {
      assertThat(e.getMessage()).matches("(?s)[a-z0-9].{5,600}");
    }
  }

  @Property(tries = 200)
  void whateverAnEventHoldsItIsReadOrMalformed(@ForAll("objects") byte[] value) {
    for (Class<?> event : List.of(StreamStatus.class, Answer.class, AnswerDelta.class)) {
      try {
        assertThat(new JsonSerde<>(event).read(value)).isNotNull();
      } catch (MalformedEventException e) {
        assertThat(e.getMessage()).startsWith("the value is no ");
      }
    }
  }

  private static AskedQuestion question(ReceivedRecord received, long now) {
    byte[] value = received.value() == null ? new byte[0] : received.value();
    assertThat(QuestionOutline.of(value)).isNotNull();
    Question question = new JsonSerde<>(Question.class).read(value);
    question.check();
    return AskedQuestion.of(question, "q", received.timestamp(), now, false);
  }

  @Provide
  Arbitrary<Absurd> records() {
    return AbsurdRecords.all();
  }

  @Provide
  Arbitrary<byte[]> objects() {
    return AbsurdRecords.objects();
  }
}
