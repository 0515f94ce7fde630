package dev.flamingo.standalone.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerStatus;
import dev.flamingo.ingest.IngestConfig;
import dev.flamingo.ingest.IngestService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job as a process of its own, under the script that starts it again. */
class JobCrashTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int QUESTIONS = 24;

  @Test
  void anAbortInTheMiddleLosesNoQuestion(@TempDir Path folder) throws Exception {
    try (AskedKafka kafka = AskedKafka.start(folder.resolve("kafka"));
        IngestService ingest = new IngestService(IngestConfig.of(kafka.bootstrap()));
        JobProcess job = JobProcess.start(kafka.bootstrap(), folder.resolve("job"))) {
      kafka.register("street", "street:?seed=5");
      kafka.ask("first", "street", Duration.ZERO);
      await().atMost(PATIENCE).until(() -> kafka.answered().contains("first"));

      // About moments that are still to come: they wait in the job's state.
      for (int i = 0; i < QUESTIONS; i++) {
        kafka.ask("q" + i, "street", Duration.ofMillis(500L * i));
      }
      // Kafka holds them for done as soon as a checkpoint has them.
      await().atMost(PATIENCE).until(kafka::questionsTaken);
      long killed = job.pid();
      assertThat(kafka.answered()).hasSizeLessThan(QUESTIONS);
      job.abort();

      await().atMost(PATIENCE).until(() -> kafka.answered().size() == QUESTIONS + 1);
      List<Answer> visible = kafka.visibleAnswers();
      assertThat(visible)
          .hasSize(QUESTIONS + 1)
          .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(AnswerStatus.COMPLETED));
      assertThat(job.pid()).isNotEqualTo(killed);
      assertThat(job.said()).containsOnlyOnce("died of signal 6: starts again in 1 s");
      assertThat(job.end()).isEqualTo(143);
    }
  }
}
