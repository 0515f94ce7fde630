package dev.flamingo.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OrtException;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.flamingo.model.checkpoint.HostTensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuantizationTest {

  private static final int ROWS = 6;
  private static final int INPUTS = 96;
  private static final int OUTPUTS = 7;

  private final SplittableRandom random = new SplittableRandom(3);

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void everyWeightIsKeptWithinHalfAStepAndZeroExactly(Quantization quantization)
      throws InvalidProtocolBufferException {
    float[] weight = values(OUTPUTS * INPUTS);
    Arrays.fill(weight, INPUTS, 2 * INPUTS, 0);
    weight[5] = 0;
    // A block far from zero on one side.
    for (int i = 3 * INPUTS; i < 4 * INPUTS; i++) {
      weight[i] = 10 + weight[i];
    }
    GraphProto graph = linear(weight, INPUTS, quantization).getGraph();
    KeptWeight kept = KeptWeight.of(graph, product(graph), OUTPUTS, INPUTS);
    for (int i = 0; i < weight.length; i++) {
      assertThat(kept.values()[i]).isCloseTo(weight[i], within(kept.steps()[i] * 0.501f));
    }
    assertThat(kept.values()[5]).isZero();
    assertThat(Arrays.copyOfRange(kept.values(), INPUTS, 2 * INPUTS)).containsOnly(0);
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void productsAreThoseOfTheKeptWeightsWithinARoundingStepOfTheActivations(
      Quantization quantization) throws OrtException, InvalidProtocolBufferException {
    float[] x = values(ROWS * INPUTS);
    ModelProto model = linear(values(OUTPUTS * INPUTS), INPUTS, quantization);
    KeptWeight kept = KeptWeight.of(model.getGraph(), product(model.getGraph()), OUTPUTS, INPUTS);
    float[] products = run(model, x, ROWS);
    assertThat(products).hasSize(ROWS * OUTPUTS);
    for (int row = 0; row < ROWS; row++) {
      for (int out = 0; out < OUTPUTS; out++) {
        double expected = 0;
        double most = 1e-4;
        for (int in = 0; in < INPUTS; in++) {
          float weight = kept.values()[out * INPUTS + in];
          expected += weight * x[row * INPUTS + in];
          most += Math.abs(weight) * step(x, row, in, quantization) * 0.501;
        }
        assertThat((double) products[row * OUTPUTS + out]).isCloseTo(expected, within(most));
      }
    }
  }

  /** Returns how far apart the whole numbers are that an activation is rounded to. */
  private static double step(float[] x, int row, int in, Quantization quantization) {
    int from = quantization == Quantization.INT8 ? 0 : row * INPUTS + in / 32 * 32;
    int to = quantization == Quantization.INT8 ? x.length : from + 32;
    double low = 0;
    double high = 0;
    for (int i = from; i < to; i++) {
      low = Math.min(low, x[i]);
      high = Math.max(high, x[i]);
    }
    return quantization == Quantization.INT8 ? (high - low) / 255 : Math.max(-low, high) / 127;
  }

  @ParameterizedTest
  @EnumSource(names = {"BLOCKS8", "BLOCKS4"})
  void blocksGiveARowTheSameAloneAndAmongOthers(Quantization quantization)
      throws OrtException, InvalidProtocolBufferException {
    float[] x = values(ROWS * INPUTS);
    // Beside it stands one that a common scale would have to reach to.
    x[0] = 1_000;
    ModelProto model = linear(values(OUTPUTS * INPUTS), INPUTS, quantization);
    float[] together = run(model, x, ROWS);
    float[] alone = run(model, Arrays.copyOfRange(x, (ROWS - 1) * INPUTS, ROWS * INPUTS), 1);
    assertThat(alone)
        .containsExactly(
            Arrays.copyOfRange(together, (ROWS - 1) * OUTPUTS, ROWS * OUTPUTS), within(1e-4f));
  }

  @Test
  void widthsThatBlocksDoNotFitStayAsTheyAre() throws InvalidProtocolBufferException {
    float[] weight = values(OUTPUTS * 40);
    ModelProto kept = linear(weight, 40, Quantization.BLOCKS4);
    assertThat(kept).isEqualTo(linear(weight, 40, Quantization.NONE));
    GraphProto int8 = linear(weight, 40, Quantization.INT8).getGraph();
    assertThat(product(int8).getOpType()).isEqualTo("DynamicQuantizeMatMul");
    assertThat(int8.getInitializerList())
        .extracting(TensorProto::getName)
        .containsExactly("linear.weight.codes", "linear.weight.scales");
  }

  private static ModelProto linear(float[] weight, int inputs, Quantization quantization)
      throws InvalidProtocolBufferException {
    OnnxGraph graph = new OnnxGraph("linear", quantization);
    OnnxTensor x = graph.input("x", ElementType.FLOAT, "batch", "length", inputs);
    OnnxTensor stored = graph.parameter("linear.weight", HostTensor.of(weight, OUTPUTS, inputs));
    graph.output("y", x.linear(stored, null));
    return ModelProto.parseFrom(graph.toBytes());
  }

  private static NodeProto product(GraphProto graph) {
    return graph.getNodeList().stream()
        .filter(node -> node.getDomain().equals("com.microsoft"))
        .findFirst()
        .orElseThrow();
  }

  private static float[] run(ModelProto model, float[] x, int rows) throws OrtException {
    try (NDManager manager = NDManager.newBaseManager(null, "PyTorch");
        OnnxRun run = new OnnxRun(model.toByteArray())) {
      int length = rows == 1 ? 1 : 2;
      Shape shape = new Shape(rows / length, length, INPUTS);
      return Objects.requireNonNull(run.run(Map.of("x", manager.create(x, shape))).get("y"));
    }
  }

  private float[] values(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
