package dev.flamingo.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CaptureClockTest {

  private static final long NEWEST = 1_800_000_000_000L;

  @Test
  void aFrameThatIsALittleOlderIsLateOrTwice() {
    assertThat(CaptureClock.wasPutBack(NEWEST, NEWEST)).isFalse();
    assertThat(CaptureClock.wasPutBack(NEWEST, NEWEST - 120_000)).isFalse();
  }

  @Test
  void oneThatIsMuchOlderShowsThatTheClockWasPutBack() {
    assertThat(CaptureClock.wasPutBack(NEWEST, NEWEST - 120_001)).isTrue();
  }

  @Test
  void aNewerFrameFollows() {
    assertThat(CaptureClock.wasPutBack(NEWEST, NEWEST + 1_000)).isFalse();
    assertThat(CaptureClock.wasPutBack(NEWEST, NEWEST + 86_400_000)).isFalse();
  }
}
