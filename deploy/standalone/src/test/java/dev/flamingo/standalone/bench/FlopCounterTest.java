package dev.flamingo.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flamingo.model.nn.NfnetConfig;
import dev.flamingo.model.tensor.Convolution;
import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.Padding;
import dev.flamingo.model.tensor.Tensor;
import org.junit.jupiter.api.Test;

class FlopCounterTest {

  private final FlopCounter counter = new FlopCounter();

  private Tensor weight(long... shape) {
    return counter.get("weight", Init.ZEROS, shape);
  }

  @Test
  void aMatrixProductCostsTwoForEveryMultiplyAdd() {
    Tensor product = counter.input(3, 4, 5).matmul(weight(5, 6));
    assertThat(((CountedTensor) product).shape()).containsExactly(3, 4, 6);
    assertThat(counter.total()).isEqualTo(2 * 3 * 4 * 5 * 6);
  }

  @Test
  void aConvolutionCostsItsKernelForEveryPixelThatComesOut() {
    // 9 x 9 at stride 2 gives 5 x 5; a kernel sees 4 of the 8 channels.
    Tensor map =
        counter
            .input(2, 8, 9, 9)
            .conv2d(weight(6, 4, 3, 3), weight(6), new Convolution(3, 2, Padding.SAME, 2));
    assertThat(((CountedTensor) map).shape()).containsExactly(2, 6, 5, 5);
    assertThat(counter.total()).isEqualTo(2L * 2 * 6 * 5 * 5 * 4 * 3 * 3);
  }

  @Test
  void symmetricPaddingRoundsDown() {
    Tensor map =
        counter
            .input(1, 1, 9, 9)
            .conv2d(weight(1, 1, 1, 1), weight(1), new Convolution(1, 2, Padding.SYMMETRIC, 1));
    assertThat(((CountedTensor) map).shape()).containsExactly(1, 1, 5, 5);
  }

  @Test
  void whatFollowsFromParametersAloneIsFree() {
    Tensor known = weight(4, 4).matmul(weight(4, 4)).mul(2).add(weight(4, 4));
    assertThat(counter.total()).isZero();
    var unused = counter.input(1, 4).matmul(known);
    assertThat(counter.total()).isEqualTo(2 * 4 * 4);
  }

  @Test
  void shapesAreThoseThatTheValuesWouldHave() {
    CountedTensor tensor = (CountedTensor) counter.input(2, 3, 4);
    assertThat(((CountedTensor) tensor.reshape(0, -1, 2)).shape()).containsExactly(2, 6, 2);
    assertThat(((CountedTensor) tensor.transpose(2, 0, 1)).shape()).containsExactly(4, 2, 3);
    assertThat(((CountedTensor) tensor.slice(-1, 1, -1)).shape()).containsExactly(2, 3, 2);
    assertThat(((CountedTensor) tensor.concat(counter.input(2, 5, 4), 1)).shape())
        .containsExactly(2, 8, 4);
    assertThat(((CountedTensor) tensor.mean(1)).shape()).containsExactly(2, 1, 4);
    assertThat(((CountedTensor) counter.input(7, 9).rows(counter.input(2, 3))).shape())
        .containsExactly(2, 3, 9);
  }

  @Test
  void nfnetF0CostsWhatItsAuthorsSay() {
    // 12.38 billion multiply-adds at 256 pixels (arXiv 2102.06171, table 1), with its final
    // convolution.
    NfnetConfig config = NfnetConfig.variant(0).withFinalWidth(NfnetConfig.FINAL_WIDTH);
    double multiplyAdds = RandomEncoder.flops(config, 256) / 2.0;
    assertThat(multiplyAdds / 1e9).isCloseTo(12.38, within(0.005));
  }
}
