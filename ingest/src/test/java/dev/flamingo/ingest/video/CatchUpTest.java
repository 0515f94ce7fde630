package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CatchUpTest {

  private static final long SECOND = 1_000_000;

  @Test
  void whatHadPiledUpIsPassedOver() {
    CatchUp catchUp = new CatchUp();
    long waited = 0;
    for (int i = 0; i < 75; i++) {
      // Even where a slow line takes a fifth of the time to bring it.
      waited += 8_000;
      assertThat(catchUp.isOver(i * 40_000L, waited)).isFalse();
    }
    boolean over = false;
    for (int i = 75; i < 90; i++) {
      waited += 40_000;
      over = catchUp.isOver(i * 40_000L, waited);
    }
    assertThat(over).isTrue();
  }

  @Test
  void aSlowCameraHasCaughtUpAtItsSecondPicture() {
    CatchUp catchUp = new CatchUp();
    catchUp.isOver(0, 0);
    assertThat(catchUp.isOver(15 * SECOND, SECOND / 2)).isTrue();
  }

  @Test
  void aClockThatStandsEndsIt() {
    CatchUp catchUp = new CatchUp();
    boolean over = false;
    for (int i = 0; i < 60; i++) {
      over = catchUp.isOver(7, i * 40_000L);
    }
    assertThat(over).isTrue();
  }

  @Test
  void withoutAClockWaitingEndsIt() {
    CatchUp catchUp = new CatchUp();
    assertThat(catchUp.isOver(200)).isFalse();
    assertThat(catchUp.isOver(1_000)).isFalse();
    assertThat(catchUp.isOver(101_000)).isTrue();
    assertThat(catchUp.isOver(101_000)).isTrue();
  }
}
