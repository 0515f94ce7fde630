package dev.flamingo.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flamingo.ingest.video.VideoException;
import dev.flamingo.ingest.video.VideoLoginException;
import dev.flamingo.ingest.video.VideoStalledException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class StreamRunnerTest {

  private static final Duration LONG = Duration.ofSeconds(100);

  private final RecordingOutlet outlet = new RecordingOutlet();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();

  @Test
  void aRecordingEndsAndStaysEnded() {
    try (StreamRunner runner =
        run(
            (entry, history) ->
                new ScriptedSource(3, /* live= */ false, closed, Optional::empty))) {
      awaitStates("CONNECTING", "LIVE", "ENDED: end of the file");
      await().atMost(LONG).until(() -> !runner.running());
      assertThat(outlet.frames()).hasSize(3);
      assertThat(opened).hasValue(1);
      assertThat(closed).hasValue(1);
      assertThat(runner.counters()).isEqualTo(new StreamCounters(3, 6, 2));
    }
  }

  @Test
  void aCameraIsTriedAgainWhateverHappensToIt() {
    List<ScriptedSource.Finale> fates =
        List.of(
            () -> {
              throw new VideoStalledException("no picture from cam for 10 s");
            },
            () -> {
              throw new VideoException("lost cam: connection reset");
            },
            Optional::empty,
            ScriptedSource::never);
    try (StreamRunner runner =
        run(
            (entry, history) ->
                new ScriptedSource(1, /* live= */ true, closed, fates.get(opened.get() - 1)))) {
      awaitStates(
          "CONNECTING",
          "LIVE",
          "STALLED: no picture from cam for 10 s",
          "LIVE",
          "FAILED: lost cam: connection reset",
          "LIVE",
          "ENDED: the camera closed the stream",
          "LIVE");
      assertThat(runner.running()).isTrue();
      assertThat(closed).hasValue(3);
    }
    assertThat(closed).hasValue(4);
  }

  @Test
  void aCameraThatNeverAnswersSaysSoOnce() {
    try (StreamRunner runner =
        run(
            (entry, history) -> {
              throw new VideoException("cannot open cam: connection refused");
            })) {
      await().atMost(LONG).until(() -> opened.get() > 5);
      assertThat(runner.running()).isTrue();
      assertThat(outlet.states())
          .containsExactly("CONNECTING", "FAILED: cannot open cam: connection refused");
    }
  }

  @Test
  void anAddressThatCanNeverWorkIsNotTriedAgain() {
    try (StreamRunner runner =
        run(
            (entry, history) -> {
              throw new IllegalArgumentException("unknown source scheme \"ftp:\"");
            })) {
      await().atMost(LONG).until(() -> !runner.running());
      assertThat(opened).hasValue(1);
      assertThat(outlet.states())
          .containsExactly("CONNECTING", "FAILED: unknown source scheme \"ftp:\"");
    }
  }

  @Test
  void anUnexpectedFaultIsAFailureToo() {
    try (StreamRunner runner =
        run(
            (entry, history) -> {
              throw new IllegalStateException("rtsp://user:secret@cam");
            })) {
      awaitStates("CONNECTING", "FAILED: internal error: IllegalStateException");
      assertThat(runner.running()).isTrue();
    }
  }

  @Test
  void anErrorIsAFailureAndNotTheEndOfTheThread() {
    List<Error> errors =
        List.of(
            new OutOfMemoryError("physical memory usage is too high"),
            new NoClassDefFoundError("Could not initialize class x"),
            new StackOverflowError());
    try (StreamRunner runner =
        run(
            (entry, history) -> {
              int attempt = opened.get() - 1;
              if (attempt < errors.size()) {
                throw errors.get(attempt);
              }
              return new ScriptedSource(1, /* live= */ true, closed, ScriptedSource::never);
            })) {
      awaitStates(
          "CONNECTING",
          "FAILED: out of memory: give the process more heap or fewer cameras",
          "FAILED: internal error: NoClassDefFoundError",
          "FAILED: internal error: StackOverflowError",
          "LIVE");
      assertThat(runner.running()).isTrue();
    }
  }

  @Test
  void aPictureThatMakesAnIllegalArgumentDoesNotEndTheStream() {
    try (StreamRunner runner =
        run(
            (entry, history) ->
                new ScriptedSource(
                    1,
                    /* live= */ true,
                    closed,
                    () -> {
                      throw new IllegalArgumentException("timestamp");
                    }))) {
      await().atMost(LONG).until(() -> opened.get() > 2);
      assertThat(runner.running()).isTrue();
      assertThat(outlet.states()).contains("FAILED: internal error: IllegalArgumentException");
    }
  }

  @Test
  void picturesThatAreRefusedAreAFailureWithItsReason() {
    outlet.refuse("kafka does not take the time");
    try (StreamRunner runner =
        run(
            (entry, history) -> {
              if (opened.get() > 1) {
                outlet.refuse("");
              }
              return new ScriptedSource(1, /* live= */ true, closed, Optional::empty);
            })) {
      await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThat(outlet.states())
                      .startsWith(
                          "CONNECTING",
                          "FAILED: kafka does not take the time",
                          "ENDED: the camera closed the stream",
                          "LIVE"));
      assertThat(runner.running()).isTrue();
    }
  }

  @Test
  void aWrongPasswordIsTriedRarely() {
    AtomicInteger wrong = new AtomicInteger();
    AtomicInteger unreachable = new AtomicInteger();
    try (StreamRunner rare =
            start(
                (entry, history) -> {
                  wrong.incrementAndGet();
                  throw new VideoLoginException("the user or the password of cam is wrong");
                });
        StreamRunner often =
            start(
                (entry, history) -> {
                  unreachable.incrementAndGet();
                  throw new VideoException("cannot open cam: connection refused");
                })) {
      await().atMost(LONG).until(() -> wrong.get() > 0 && unreachable.get() > 20);
      assertThat(wrong.get()).isLessThan(unreachable.get() / 4);
      assertThat(outlet.states()).contains("FAILED: the user or the password of cam is wrong");
      assertThat(rare.running()).isTrue();
      assertThat(often.running()).isTrue();
    }
  }

  private StreamRunner run(SourceOpener sources) {
    return start(
        (entry, history) -> {
          opened.incrementAndGet();
          return sources.open(entry, history);
        });
  }

  private StreamRunner start(SourceOpener sources) {
    StreamRunner runner =
        new StreamRunner(
            "cam",
            new RegistryEntry("rtsp://cam", true, 2, ""),
            sources,
            outlet,
            new Backoff(Duration.ofMillis(10), Duration.ofMillis(40), new Random(1)));
    runner.start();
    return runner;
  }

  private void awaitStates(String... states) {
    await().atMost(LONG).untilAsserted(() -> assertThat(outlet.states()).containsExactly(states));
  }
}
