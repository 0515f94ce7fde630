package dev.flamingo.training.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {

  @Test
  void theRateRisesEvenlyToThePeak() {
    Schedule schedule = new Schedule(0.4, 4, 104, 0.1);

    assertThat(schedule.at(0)).isCloseTo(0.1, within(1e-12));
    assertThat(schedule.at(1)).isCloseTo(0.2, within(1e-12));
    assertThat(schedule.at(2)).isCloseTo(0.3, within(1e-12));
    assertThat(schedule.at(3)).isCloseTo(0.4, within(1e-12));
    assertThat(schedule.at(4)).isCloseTo(0.4, within(1e-12));
  }

  @Test
  void thenItFallsEvenlyToTheLastShare() {
    Schedule schedule = new Schedule(0.4, 4, 104, 0.1);

    assertThat(schedule.at(54)).isCloseTo(0.4 * (1 + 0.1) / 2, within(1e-12));
    assertThat(schedule.at(103)).isCloseTo(0.4 * (1 - 0.9 * 0.99), within(1e-12));
    assertThat(schedule.at(104)).isCloseTo(0.04, within(1e-12));
    assertThat(schedule.at(1_000)).isCloseTo(0.04, within(1e-12));
  }

  @Test
  void aLastShareOfOneIsAConstantRate() {
    Schedule schedule = new Schedule(0.3, 0, 10, 1);

    for (int step = 0; step < 10; step++) {
      assertThat(schedule.at(step)).isCloseTo(0.3, within(1e-12));
    }
  }

  @Test
  void aStageShorterThanItsWarmUpOnlyRises() {
    Schedule schedule = new Schedule(0.6, 60, 2, 0.03);

    assertThat(schedule.at(0)).isCloseTo(0.01, within(1e-12));
    assertThat(schedule.at(1)).isCloseTo(0.02, within(1e-12));
  }
}
