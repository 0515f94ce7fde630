package dev.flamingo.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.model.nn.Flamingo;
import dev.flamingo.model.onnx.CountingParameters;
import org.junit.jupiter.api.Test;

class RandomModelTest {

  @Test
  void theLargeLanguageModelHas29MillionParameters() {
    CountingParameters parameters = new CountingParameters();
    var unused = Flamingo.of(RandomModel.of29Million().config(), parameters);
    assertThat(parameters.within(Flamingo.LANGUAGE)).isBetween(28_500_000L, 29_500_000L);
  }
}
