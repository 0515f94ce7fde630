package dev.flamingo.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flamingo.ingest.video.VideoException;
import dev.flamingo.ingest.video.VideoStalledException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StreamRunnerTest {

  private final RecordingOutlet outlet = new RecordingOutlet();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();

  @Test
  void aRecordingEndsAndStaysEnded() {
    try (StreamRunner runner =
        run(uri -> new ScriptedSource(3, /* live= */ false, closed, Optional::empty))) {
      awaitStates("CONNECTING", "LIVE", "ENDED: end of the file");
      await().until(() -> !runner.running());
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
        run(uri -> new ScriptedSource(1, /* live= */ true, closed, fates.get(opened.get() - 1)))) {
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
            uri -> {
              throw new VideoException("cannot open cam: connection refused");
            })) {
      await().until(() -> opened.get() > 5);
      assertThat(runner.running()).isTrue();
      assertThat(outlet.states())
          .containsExactly("CONNECTING", "FAILED: cannot open cam: connection refused");
    }
  }

  @Test
  void anAddressThatCanNeverWorkIsNotTriedAgain() {
    try (StreamRunner runner =
        run(
            uri -> {
              throw new IllegalArgumentException("unknown source scheme \"ftp:\"");
            })) {
      await().until(() -> !runner.running());
      assertThat(opened).hasValue(1);
      assertThat(outlet.states())
          .containsExactly("CONNECTING", "FAILED: unknown source scheme \"ftp:\"");
    }
  }

  @Test
  void anUnexpectedFaultIsAFailureToo() {
    try (StreamRunner runner =
        run(
            uri -> {
              throw new IllegalStateException("rtsp://user:secret@cam");
            })) {
      awaitStates("CONNECTING", "FAILED: internal error: IllegalStateException");
      assertThat(runner.running()).isTrue();
    }
  }

  private StreamRunner run(SourceOpener sources) {
    StreamRunner runner =
        new StreamRunner(
            "cam",
            "rtsp://cam",
            uri -> {
              opened.incrementAndGet();
              return sources.open(uri);
            },
            outlet,
            new Backoff(Duration.ofMillis(10), Duration.ofMillis(40), new Random(1)));
    runner.start();
    return runner;
  }

  private void awaitStates(String... states) {
    await().untilAsserted(() -> assertThat(outlet.states()).containsExactly(states));
  }
}
