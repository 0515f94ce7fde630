package dev.flamingo.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnxruntime.OrtException;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.flamingo.model.tensor.Convolution;
import dev.flamingo.model.tensor.Padding;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConvolutionQuantizerTest {

  private static final int SIDE = 7;
  private static final int CHANNELS = 16;
  private static final int PICTURES = 3;

  private final SplittableRandom random = new SplittableRandom(5);
  private final OnnxGraph graph = new OnnxGraph("convolutions");
  private int parameters;

  @Test
  void theFirstConvolutionAndThoseOfAPicturesMeansStay() throws InvalidProtocolBufferException {
    ModelProto model = network();
    ModelProto quantized = quantized(model, /* reach= */ 4);
    assertThat(model.getGraph().getNodeList().stream().map(NodeProto::getOpType))
        .filteredOn("Conv"::equals)
        .hasSize(5);
    assertThat(quantized.getGraph().getNodeList().stream().map(NodeProto::getOpType))
        .filteredOn("QLinearConv"::equals)
        .hasSize(2);
    assertThat(quantized.getGraph().getNodeList().stream().map(NodeProto::getOpType))
        .filteredOn("Conv"::equals)
        .hasSize(3);
  }

  @Test
  void theResultIsTheSameWithinTheStepsOfEightBits()
      throws OrtException, InvalidProtocolBufferException {
    ModelProto model = network();
    float[] pixels = values(PICTURES * 3 * SIDE * SIDE, 1);
    float[] plain = run(model, pixels, PICTURES);
    float[] quantized = run(quantized(model, /* reach= */ 4), pixels, PICTURES);
    assertThat(distance(plain, quantized) / distance(plain, new float[plain.length]))
        .isBetween(1e-6, 0.05);
  }

  @Test
  void whatLiesBeyondTheRangesIsHeldAtTheirEnds()
      throws OrtException, InvalidProtocolBufferException {
    ModelProto quantized = quantized(network(), /* reach= */ 0.01f);
    float[] beyond = run(quantized, values(3 * SIDE * SIDE, 1), 1);
    for (float value : beyond) {
      // The network's last step doubles at most, and adds nothing.
      assertThat(Math.abs(value)).isLessThanOrEqualTo(0.03f);
    }
  }

  @Test
  void aPictureIsTheSameAloneAndAmongOthers() throws OrtException, InvalidProtocolBufferException {
    ModelProto quantized = quantized(network(), /* reach= */ 4);
    float[] pixels = values(PICTURES * 3 * SIDE * SIDE, 1);
    float[] together = run(quantized, pixels, PICTURES);
    int size = together.length / PICTURES;
    float[] alone = run(quantized, Arrays.copyOf(pixels, pixels.length / PICTURES), 1);
    assertThat(alone).containsExactly(Arrays.copyOf(together, size), within(1e-5f));
  }

  @Test
  void kernelsOfNothingKeepTheirBias() throws OrtException, InvalidProtocolBufferException {
    OnnxTensor x = graph.input("pixels", ElementType.FLOAT, "frames", 3, SIDE, SIDE);
    OnnxTensor nothing = graph.initializer("nothing", new float[CHANNELS * 3], CHANNELS, 3, 1, 1);
    float[] bias = values(CHANNELS, 1);
    OnnxTensor offset = graph.initializer("offset", bias, CHANNELS);
    graph.output("y", x.relu().conv2d(nothing, offset, Convolution.pointwise()));
    float[] y = run(quantized(model(), /* reach= */ 4), values(3 * SIDE * SIDE, 1), 1);
    for (int i = 0; i < y.length; i++) {
      assertThat(y[i]).isCloseTo(bias[i / (SIDE * SIDE)], within(0.02f));
    }
  }

  @Test
  void itPaysForKernelsOfManyWeightsAlone() throws InvalidProtocolBufferException {
    assertThat(new ConvolutionQuantizer(network()).pays()).isFalse();
    OnnxGraph large = new OnnxGraph("large");
    OnnxTensor x = large.input("pixels", ElementType.FLOAT, "frames", 600, SIDE, SIDE);
    OnnxTensor kernels = large.initializer("kernels", values(600 * 2, 1), 2, 600, 1, 1);
    OnnxTensor bias = large.initializer("bias", new float[2], 2);
    large.output("y", x.relu().conv2d(kernels, bias, Convolution.pointwise()));
    assertThat(new ConvolutionQuantizer(ModelProto.parseFrom(large.toBytes())).pays()).isTrue();
  }

  @Test
  void aGraphWithoutConvolutionsIsLeftAlone() throws InvalidProtocolBufferException {
    graph.output("y", graph.input("x", ElementType.FLOAT, "n", 3).relu());
    ConvolutionQuantizer quantizer = new ConvolutionQuantizer(model());
    assertThat(quantizer.pays()).isFalse();
    assertThat(quantizer.activations()).isEmpty();
    assertThat(quantizer.quantize(Map.of())).isEqualTo(model());
  }

  /** Returns convolutions of all kinds, the last one weighed by squeeze-and-excite. */
  private ModelProto network() throws InvalidProtocolBufferException {
    OnnxTensor x = graph.input("pixels", ElementType.FLOAT, "frames", 3, SIDE, SIDE);
    OnnxTensor first = convolution(x, 3, new Convolution(3, 1, Padding.SAME, 1));
    OnnxTensor strided =
        convolution(first.relu(), CHANNELS, new Convolution(3, 2, Padding.SAME, 4));
    OnnxTensor last = convolution(strided.relu(), CHANNELS, Convolution.pointwise());
    OnnxTensor inner = convolution(last.averagePool(), CHANNELS, Convolution.pointwise()).relu();
    OnnxTensor weights = convolution(inner, CHANNELS, Convolution.pointwise()).sigmoid().mul(2);
    graph.output("y", last.mul(weights));
    return model();
  }

  private OnnxTensor convolution(OnnxTensor x, int in, Convolution convolution) {
    String name = "kernels" + parameters++;
    int kernel = convolution.kernel();
    int inGroup = in / convolution.groups();
    int fanIn = inGroup * kernel * kernel;
    float[] kernels = values(CHANNELS * fanIn, 1 / Math.sqrt(fanIn));
    return x.conv2d(
        graph.initializer(name, kernels, CHANNELS, inGroup, kernel, kernel),
        graph.initializer(name + "-bias", values(CHANNELS, 0.1), CHANNELS),
        convolution);
  }

  private ModelProto model() throws InvalidProtocolBufferException {
    return ModelProto.parseFrom(graph.toBytes());
  }

  private static ModelProto quantized(ModelProto model, float reach) {
    ConvolutionQuantizer quantizer = new ConvolutionQuantizer(model);
    Map<String, ActivationRange> ranges = new HashMap<>();
    quantizer.activations().forEach(name -> ranges.put(name, new ActivationRange(-reach, reach)));
    return quantizer.quantize(ranges);
  }

  private static float[] run(ModelProto model, float[] pixels, int pictures) throws OrtException {
    try (NDManager manager = NDManager.newBaseManager();
        OnnxRun run = new OnnxRun(model.toByteArray())) {
      Shape shape = new Shape(pictures, 3, SIDE, SIDE);
      return Objects.requireNonNull(
          run.run(Map.of("pixels", manager.create(pixels, shape))).get("y"));
    }
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }

  private float[] values(int count, double deviation) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }
}
