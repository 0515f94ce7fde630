package dev.flamingo.standalone.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flamingo.events.AnswerStatus;
import dev.flamingo.ingest.IngestConfig;
import dev.flamingo.ingest.IngestService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job as a process of its own, under the script that starts it again. */
class JobCrashTest {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration AHEAD = Duration.ofSeconds(3);

  private final AtomicInteger number = new AtomicInteger();

  @Test
  void anAbortInTheMiddleLosesNoQuestion(@TempDir Path folder) throws Exception {
    ScheduledExecutorService asking = Executors.newSingleThreadScheduledExecutor();
    try (AskedKafka kafka = AskedKafka.start(folder.resolve("kafka"));
        IngestService ingest = new IngestService(IngestConfig.of(kafka.bootstrap()));
        JobProcess job = JobProcess.start(kafka.bootstrap(), folder.resolve("job"))) {
      kafka.register("street", "street:?seed=5");
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofSeconds(1))
          .until(
              () -> {
                kafka.ask("first" + number.incrementAndGet(), "street", Duration.ZERO);
                return kafka.isAnsweredByVideo();
              });

      // They wait for their moment, so that many are in the job's state at any time.
      var unused =
          asking.scheduleAtFixedRate(
              () -> kafka.ask("q" + number.incrementAndGet(), "street", AHEAD),
              0,
              100,
              TimeUnit.MILLISECONDS);
      long taken = kafka.taken();
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> kafka.taken() > taken + 1);
      long killed = job.pid();
      Set<String> asked = new HashSet<>(kafka.asked());
      asked.removeIf(id -> id.startsWith("first"));
      job.abort();
      int before = kafka.answered().size();
      await().atMost(PATIENCE).until(() -> kafka.answered().size() > before);
      asking.shutdown();
      assertThat(asking.awaitTermination(10, TimeUnit.SECONDS)).isTrue();

      await().atMost(PATIENCE).until(() -> kafka.answered().containsAll(kafka.asked()));
      assertThat(kafka.visibleAnswers()).hasSameSizeAs(kafka.asked());
      // What was asked while the job was down may be about frames that it has no time to catch up.
      assertThat(kafka.visibleAnswers())
          .filteredOn(answer -> asked.contains(answer.id()))
          .hasSameSizeAs(asked)
          .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(AnswerStatus.COMPLETED));
      assertThat(job.pid()).isNotEqualTo(killed);
      assertThat(job.said()).containsOnlyOnce("died of signal 6: starts again in 1 s");
      assertThat(job.end()).isEqualTo(143);
    } finally {
      asking.shutdownNow();
    }
  }
}
