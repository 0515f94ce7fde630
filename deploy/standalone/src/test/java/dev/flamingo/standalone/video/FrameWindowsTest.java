package dev.flamingo.standalone.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FrameWindowsTest {

  private final AtomicLong nanos = new AtomicLong();
  private final FrameWindows windows = new FrameWindows(8, nanos::get);

  private ScriptedSource source() {
    return new ScriptedSource(nanos);
  }

  private List<Instant> endingAt(ScriptedSource source, @Nullable Duration at) throws Exception {
    return windows.endingAt(source, at).orElseThrow().instants();
  }

  @Test
  void aRecordingIsAskedAboutItsEnd() throws Exception {
    assertThat(endingAt(source().recorded(20), null))
        .hasSize(8)
        .startsWith(Instant.ofEpochSecond(12))
        .endsWith(Instant.ofEpochSecond(19));
  }

  @Test
  void aMomentOfARecordingIsTimeSinceItsStartWhateverTheClockSays() throws Exception {
    assertThat(endingAt(source().recorded(20), Duration.ofSeconds(3)))
        .containsExactly(
            Instant.EPOCH,
            Instant.ofEpochSecond(1),
            Instant.ofEpochSecond(2),
            Instant.ofEpochSecond(3));
    assertThat(endingAt(source().recorded(2), Duration.ofHours(1))).hasSize(2);
  }

  @Test
  void aCameraIsAskedAboutItsNextWholeWindow() throws Exception {
    assertThat(endingAt(source().live(1000), null))
        .hasSize(8)
        .startsWith(ScriptedSource.NOON)
        .endsWith(ScriptedSource.NOON.plusSeconds(7));
  }

  @Test
  void aMomentOfACameraIsTimeFromNow() throws Exception {
    assertThat(endingAt(source().live(1000), Duration.ofSeconds(3))).hasSize(3);
    nanos.set(Long.MAX_VALUE - 5);
    assertThat(endingAt(source().live(1000), Duration.ofSeconds(20)))
        .hasSize(8)
        .endsWith(ScriptedSource.NOON.plusSeconds(19));
    assertThat(endingAt(source().live(1000), Duration.ZERO)).hasSize(1);
  }

  @Test
  void aCameraThatHangsUpIsAskedAboutWhatItHasShown() throws Exception {
    assertThat(endingAt(source().live(3), null)).hasSize(3);
    assertThat(windows.endingAt(source(), null)).isEmpty();
  }

  @Test
  void whatTurnsOutToBeARecordingIsReadFromItsStart() throws Exception {
    assertThat(endingAt(source().live(4).recorded(3), null))
        .containsExactly(Instant.EPOCH, Instant.ofEpochSecond(1), Instant.ofEpochSecond(2));

    List<FrameWindow> all = new ArrayList<>();
    windows.each(source().live(4).recorded(10), all::add);
    assertThat(all).extracting(FrameWindow::live).containsOnly(false);
    assertThat(all).extracting(window -> window.frames().size()).containsExactly(8, 2);
  }

  @Test
  void windowsFollowEachOtherWithoutOverlap() throws Exception {
    List<FrameWindow> all = new ArrayList<>();
    windows.each(source().live(20), all::add);
    assertThat(all).extracting(window -> window.frames().size()).containsExactly(8, 8, 4);
    assertThat(all.get(1).instants()).startsWith(ScriptedSource.NOON.plusSeconds(8));
  }
}
