package dev.flamingo.job.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class WindowChooserTest {

  private final WindowChooser chooser =
      new WindowChooser(Duration.ofSeconds(30), Duration.ofSeconds(30));

  @Test
  void nowIsTheNewestWindowUpToTheQuestion() {
    assertThat(chooser.choose(windows(100), question(60_999, null, null, null)))
        .hasValueSatisfying(span -> assertThat(span.to()).isEqualTo(60_000));
  }

  @Test
  void whatIsTooOldIsNotNow() {
    assertThat(chooser.choose(windows(20), question(50_000, null, null, null))).isPresent();
    assertThat(chooser.choose(windows(20), question(50_001, null, null, null))).isEmpty();
  }

  @Test
  void aMomentLongAgoIsInTheHistoryWindowThatContainsIt() {
    assertThat(chooser.choose(windows(100), question(100_000, 20_500L, null, null)))
        .hasValueSatisfying(
            span -> {
              assertThat(span.from()).isEqualTo(17_000);
              assertThat(span.to()).isEqualTo(24_000);
            });
  }

  @Test
  void aMomentShortlyAgoIsInTheSlidingWindowThatEndsWithIt() {
    assertThat(chooser.choose(windows(100), question(100_000, 80_500L, null, null)))
        .hasValueSatisfying(span -> assertThat(span.to()).isEqualTo(80_000));
  }

  @Test
  void aMomentThatIsSlightlyAheadIsNowAndOneFarAheadIsNothing() {
    assertThat(chooser.choose(windows(100), question(90_000, 93_000L, null, null)))
        .hasValueSatisfying(span -> assertThat(span.to()).isEqualTo(90_000));
    assertThat(chooser.choose(windows(100), question(90_000, 96_000L, null, null))).isEmpty();
  }

  @Test
  void aRangeIsTheWindowThatHasMostOfIt() {
    assertThat(chooser.choose(windows(100), question(100_000, null, 14_000L, 21_000L)))
        .hasValueSatisfying(span -> assertThat(span.to()).isEqualTo(24_000));
    assertThat(chooser.choose(windows(100), question(100_000, null, 92_000L, 99_000L)))
        .hasValueSatisfying(span -> assertThat(span.to()).isEqualTo(99_000));
    assertThat(chooser.choose(windows(100), question(100_000, null, -9_000L, -1L))).isEmpty();
  }

  @Test
  void whatCameAfterTheQuestionAndTheOrderOfWindowsDoNotMatter() {
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      long now = 20_000L + random.nextInt(60_000);
      long past = now - random.nextInt(20_000);
      AskedQuestion question =
          switch (i % 3) {
            case 0 -> question(now, null, null, null);
            case 1 -> question(now, past, null, null);
            default -> question(now, null, past - random.nextInt(9_000), past);
          };
      List<WindowSpan> more = new ArrayList<>(windows(100));
      Collections.shuffle(more, random);

      assertThat(chooser.choose(more, question).map(WindowSpan::to))
          .isEqualTo(chooser.choose(windows((int) (now / 1_000)), question).map(WindowSpan::to));
    }
  }

  /** Sliding windows of up to 8 frames that end at every second from 1, every eighth of history. */
  private static List<WindowSpan> windows(int last) {
    List<WindowSpan> windows = new ArrayList<>();
    for (int to = 1; to <= last; to++) {
      long[] frames =
          LongStream.rangeClosed(Math.max(1, to - 7), to).map(second -> second * 1_000).toArray();
      windows.add(new WindowSpan(frames, to % 8 == 0));
    }
    return windows;
  }

  private static AskedQuestion question(
      long time, @Nullable Long at, @Nullable Long from, @Nullable Long to) {
    return new AskedQuestion(
        "street",
        "q",
        "what",
        time,
        at,
        from,
        to,
        32,
        10_000,
        time,
        false,
        false,
        null,
        AskedExample.NONE);
  }
}
