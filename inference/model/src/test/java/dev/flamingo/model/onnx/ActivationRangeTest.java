package dev.flamingo.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ActivationRangeTest {

  @Test
  void zeroHasACodeAndTheEndsAreTheLastCodes() {
    ActivationRange range = new ActivationRange(-1, 4.1f);
    int zero = Byte.toUnsignedInt(range.zero());
    assertThat(zero).isEqualTo(50);
    assertThat((255 - zero) * range.scale()).isCloseTo(4.1f, within(range.scale() / 2));
    assertThat((0 - zero) * range.scale()).isCloseTo(-1f, within(range.scale() / 2));
  }

  @Test
  void aRangeOnOneSideOfZeroReachesToIt() {
    assertThat(new ActivationRange(2, 5)).isEqualTo(new ActivationRange(0, 5));
    assertThat(new ActivationRange(-5, -2)).isEqualTo(new ActivationRange(-5, 0));
    assertThat(new ActivationRange(-5, -2).zero()).isEqualTo((byte) 255);
  }

  @Test
  void whatWasSeenApartIsSeenTogether() {
    assertThat(new ActivationRange(-1, 2).and(new ActivationRange(-3, 1)))
        .isEqualTo(new ActivationRange(-3, 2));
  }

  @Test
  void aValueThatIsAlwaysZeroStaysZero() {
    ActivationRange nothing = new ActivationRange(0, 0);
    assertThat(nothing.zero()).isZero();
    assertThat(nothing.scale()).isPositive();
  }
}
