package dev.flamingo.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerDelta;
import dev.flamingo.events.AnswerError;
import dev.flamingo.events.AnswerStatus;
import dev.flamingo.events.ErrorCode;
import dev.flamingo.events.Example;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.Question;
import dev.flamingo.events.Topics;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class QuestionDeskTest {

  private static final Question QUESTION = Question.of("q1", "street", "what color is the bus?");

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-05-01T12:00:00Z"));
  private final MockProducer<String, byte[]> producer =
      new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
  private final AtomicReference<Future<Void>> tail =
      new AtomicReference<>(Future.succeededFuture());
  private final QuestionDesk desk =
      new QuestionDesk(
          Topics.standard(),
          new Publisher(producer, now::get, Runnable::run),
          now::get,
          Duration.ofSeconds(2),
          tail::get,
          Runnable::run);
  private final Asker asker = new Asker();

  @Test
  void aQuestionIsPublishedUnderItsStreamAsACloudEvent() {
    desk.ask(QUESTION, asker);

    ProducerRecord<String, byte[]> record = producer.history().get(0);
    assertThat(record.topic()).isEqualTo("flamingo.questions");
    assertThat(record.key()).isEqualTo("street");
    assertThat(new JsonSerde<>(Question.class).read(record.value())).isEqualTo(QUESTION);
    assertThat(new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8))
        .isEqualTo("q1");
    assertThat(desk.waits("q1")).isTrue();
  }

  @Test
  void theAskerHearsPiecesAndTheFirstEndOnly() {
    desk.ask(QUESTION, asker);

    desk.hear(new AnswerDelta("q1", 0, 0, "re"));
    desk.hear(new AnswerDelta("q2", 0, 0, "another's"));
    desk.hear(LiveGateway.completed(QUESTION, "red"));
    desk.hear(LiveGateway.completed(QUESTION, "blue"));
    desk.hear(new AnswerDelta("q1", 0, 1, "too late"));

    assertThat(asker.pieces).containsExactly("re");
    assertThat(asker.ends).extracting(Answer::text).containsExactly("red");
    assertThat(desk.waiting()).isZero();
  }

  @Test
  void aQuestionThatNobodyAnswersFailsAfterItsDeadlineAndSomeGrace() {
    desk.ask(QUESTION, asker);

    now.updateAndGet(time -> time.plusMillis(Question.DEFAULT_DEADLINE_MS + 2_000));
    desk.expire();
    assertThat(asker.ends).isEmpty();
    now.updateAndGet(time -> time.plusMillis(1));
    desk.expire();
    desk.expire();

    assertThat(asker.ends).extracting(Answer::status).containsExactly(AnswerStatus.FAILED);
    assertThat(asker.ends.get(0).error())
        .isEqualTo(
            new AnswerError(
                ErrorCode.DEADLINE, "nobody answered within 10000 ms: see whether the job runs"));
    assertThat(desk.waits("q1")).isFalse();
  }

  @Test
  void aQuestionThatKafkaDoesNotTakeFailsAsOurFault() {
    desk.ask(QUESTION, asker);

    assertThat(producer.errorNext(new TimeoutException("no broker"))).isTrue();

    assertThat(asker.ends).hasSize(1);
    assertThat(asker.ends.get(0).error())
        .isEqualTo(
            new AnswerError(
                ErrorCode.INTERNAL, "kafka did not take the question: ask again later"));
  }

  @Test
  void aQuestionThatIsTooLargeForKafkaIsABadOne() {
    desk.ask(QUESTION, asker);

    assertThat(producer.errorNext(new RecordTooLargeException("1 byte too many"))).isTrue();

    assertThat(asker.ends)
        .extracting(answer -> answer.error() == null ? null : answer.error().code())
        .containsExactly(ErrorCode.BAD_QUESTION);
  }

  @Test
  void questionsWithLargeImagesAreTurnedAwayWhileKafkaIsBehind() {
    String image = "x".repeat(700_000);
    List<Example> examples = List.of(Example.of(image, "what?", "a bus"));
    for (int i = 0; i < 24; i++) {
      desk.ask(showing("large-" + i, examples), asker);
    }
    assertThat(asker.ends)
        .extracting(answer -> answer.error() == null ? null : answer.error().code())
        .containsExactly(ErrorCode.OVERLOADED);
    assertThat(desk.waiting()).isEqualTo(23);

    assertThat(producer.completeNext()).isTrue();
    desk.ask(showing("later", examples), asker);
    assertThat(desk.waits("later")).isTrue();
    assertThat(new JsonSerde<>(Question.class).read(producer.history().get(23).value()).examples())
        .isEqualTo(examples);
  }

  private static Question showing(String id, List<Example> examples) {
    return new Question(
        id, "street", "what?", null, null, null, examples, null, null, null, null, false);
  }

  @Test
  void aWithdrawalIsPublishedOnlyForAQuestionThatWaits() {
    desk.cancel("q1");
    assertThat(producer.history()).isEmpty();

    desk.ask(QUESTION, asker);
    desk.cancel("q1");

    assertThat(new JsonSerde<>(Question.class).read(producer.history().get(1).value()))
        .isEqualTo(Question.cancelling("q1", "street"));
    assertThat(desk.waits("q1")).isTrue();
  }

  @Test
  void anAskerThatIsGoneHearsNothing() {
    desk.ask(QUESTION, asker);

    desk.leave("q1", asker);
    assertThat(desk.waits("q1")).isTrue();
    desk.hear(LiveGateway.completed(QUESTION, "red"));

    assertThat(asker.ends).isEmpty();
    assertThat(desk.recent("q1").orElseThrow().text()).isEqualTo("red");
  }

  @Test
  void whoAsksTheSameAgainJoinsTheWaitAndLaterGetsTheAnswer() {
    Asker second = new Asker();
    Asker third = new Asker();
    desk.ask(QUESTION, asker);
    desk.ask(QUESTION, second);
    desk.hear(LiveGateway.completed(QUESTION, "red"));
    desk.ask(QUESTION, third);

    assertThat(producer.history()).hasSize(1);
    for (Asker each : List.of(asker, second, third)) {
      assertThat(each.keys).containsExactly("q1");
      assertThat(each.ends).extracting(Answer::text).containsExactly("red");
    }
  }

  @Test
  void anIdThatBelongsToAnotherQuestionIsRefused() {
    Question other = Question.of("q1", "street", "is it raining?");
    desk.ask(QUESTION, asker);
    desk.ask(other, asker);
    assertThat(asker.refusals).extracting(HttpError::status).containsExactly(409);

    desk.hear(LiveGateway.completed(QUESTION, "red"));
    desk.ask(other, asker);
    assertThat(asker.refusals).extracting(HttpError::status).containsExactly(409, 409);
    assertThat(asker.ends).hasSize(1);
  }

  @Test
  void aStoredAnswerIsGivenInsteadOfAskingAgain() {
    Answer stored = LiveGateway.completed(QUESTION, "red");

    desk.ask(QUESTION, asker, id -> Future.succeededFuture(Optional.of(stored)));
    desk.ask(
        Question.of("q1", "street", "is it raining?"),
        asker,
        id -> Future.succeededFuture(Optional.of(stored)));

    assertThat(producer.history()).isEmpty();
    assertThat(asker.keys).containsExactly("q1");
    assertThat(asker.ends).containsExactly(stored);
    assertThat(asker.refusals).extracting(HttpError::status).containsExactly(409);
    assertThat(desk.waiting()).isZero();
  }

  @Test
  void aQuestionIsRefusedWhileItIsNotKnownWhetherItWasAnswered() {
    desk.ask(QUESTION, asker, id -> Future.failedFuture("the views start"));

    assertThat(asker.refusals).extracting(HttpError::code).containsExactly("starting");
    assertThat(producer.history()).isEmpty();
    assertThat(desk.waiting()).isZero();
  }

  @Test
  void aQuestionThatIsWithdrawnBeforeItIsPublishedNeverIs() {
    Promise<Optional<Answer>> lookedUp = Promise.promise();
    desk.ask(QUESTION, asker, id -> lookedUp.future());
    desk.cancel("q1");
    lookedUp.complete(Optional.empty());

    assertThat(producer.history()).isEmpty();
    assertThat(asker.keys).containsExactly("q1");
    assertThat(asker.ends).extracting(Answer::status).containsExactly(AnswerStatus.CANCELLED);
  }

  @Test
  void noDeadlineIsDeclaredBeforeAllAnswersThatKafkaHasWereRead() {
    Promise<Void> caughtUp = Promise.promise();
    tail.set(caughtUp.future());
    desk.ask(QUESTION, asker);
    now.updateAndGet(time -> time.plusSeconds(13));
    desk.expire();
    assertThat(asker.ends).isEmpty();

    desk.hear(LiveGateway.completed(QUESTION, "in time, but late to be read"));
    caughtUp.complete();

    assertThat(asker.ends).extracting(Answer::text).containsExactly("in time, but late to be read");
  }

  @Test
  void whileKafkaCannotBeReadTheEndSaysSoAndNamesNoDeadline() {
    tail.set(Future.failedFuture("no broker"));
    desk.ask(QUESTION, asker);
    now.updateAndGet(time -> time.plusSeconds(39));
    desk.expire();
    assertThat(asker.ends).isEmpty();

    now.updateAndGet(time -> time.plusSeconds(2));
    desk.expire();

    assertThat(asker.ends)
        .extracting(answer -> answer.error() == null ? null : answer.error().code())
        .containsExactly(ErrorCode.INTERNAL);
    assertThat(desk.recent("q1")).isEmpty();
  }

  private static final class Asker implements AnswerListener {

    private final List<String> pieces = new ArrayList<>();
    private final List<Answer> ends = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final List<HttpError> refusals = new ArrayList<>();

    @Override
    public void created(String key, String stream) {
      keys.add(key);
    }

    @Override
    public void refused(HttpError why) {
      refusals.add(why);
    }

    @Override
    public void delta(AnswerDelta delta) {
      pieces.add(delta.text());
    }

    @Override
    public void end(Answer answer) {
      ends.add(answer);
    }
  }
}
