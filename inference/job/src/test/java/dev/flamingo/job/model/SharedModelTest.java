package dev.flamingo.job.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SharedModelTest {

  private static final BatchLimits ONE = new BatchLimits(1, Duration.ZERO, 8);
  private static final ModelLimits LIMITS =
      new ModelLimits(ONE, ONE, new AnswererLimits(2, 8, 8), Duration.ofSeconds(1));

  private static ModelQuestion question() {
    return new ModelQuestion("why?", new byte[1], List.of(), 8, piece -> {}, () -> false);
  }

  @Test
  void theModelClosesWhenItsCallsHaveEndedHoweverOftenItsCloserIsInterrupted() throws Exception {
    RecordingModel recording = new RecordingModel();
    SharedModel shared = SharedModel.acquire(() -> recording, LIMITS);
    CompletableFuture<EncodedPicture> encoded = shared.encoder().submit(new byte[1]);
    CompletableFuture<byte[]> resampled =
        shared.resampler().submit(new WindowFeatures(List.of(new byte[1])));
    CompletableFuture<ModelAnswer> answer = new CompletableFuture<>();
    shared.answerer().submit("street", question(), answer);
    CompletableFuture<ModelAnswer> waiting = new CompletableFuture<>();
    recording.awaitCalls();
    shared.answerer().submit("street", question(), waiting);
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread closer =
        new Thread(
            () -> {
              shared.close();
              interrupted.set(Thread.currentThread().isInterrupted());
            });
    closer.start();

    // As Flink does with a task that it cancels.
    for (int i = 0; i < 3; i++) {
      await().until(() -> closer.getState() == Thread.State.WAITING);
      closer.interrupt();
    }
    await().until(() -> closer.getState() == Thread.State.WAITING);
    assertThat(recording.events())
        .containsExactlyInAnyOrder("encode begins", "resample begins", "step begins");

    recording.letGo();

    closer.join();
    List<String> events = recording.events();
    assertThat(events).contains("encode ends", "resample ends", "step ends");
    assertThat(events).endsWith("answers close", "model closes");
    assertThat(events.stream().filter(event -> event.endsWith("ends")))
        .hasSameSizeAs(events.stream().filter(event -> event.endsWith("begins")).toList());
    assertThat(interrupted).isTrue();
    assertThat(encoded).isCompleted();
    assertThat(resampled).isCompleted();
    assertThat(answer).isCompletedExceptionally();
    assertThat(waiting).isCompletedExceptionally();
  }
}
