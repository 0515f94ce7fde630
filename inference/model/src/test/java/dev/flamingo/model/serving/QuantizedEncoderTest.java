package dev.flamingo.model.serving;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.Preset;
import dev.flamingo.model.bundle.FramePreprocessor;
import dev.flamingo.model.bundle.Preprocessing;
import dev.flamingo.model.checkpoint.HostTensor;
import dev.flamingo.model.nn.NfnetConfig;
import dev.flamingo.model.nn.VisionConfig;
import dev.flamingo.model.onnx.DerivedGraph;
import dev.flamingo.model.onnx.FlamingoGraphs;
import dev.flamingo.model.onnx.Quantization;
import dev.flamingo.model.tensor.Padding;
import dev.flamingo.model.tensor.ParameterSource;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QuantizedEncoderTest {

  private static final int SIZE = 32;

  /** Few layers, but as wide as those of the public networks. */
  private static final NfnetConfig WIDE =
      new NfnetConfig(
          List.of(new NfnetConfig.Stem(64, 2)),
          List.of(new NfnetConfig.Stage(1024, 2, 2)),
          128,
          0.5,
          0.5,
          Padding.SAME,
          1e-5);

  private static final NfnetConfig NARROW =
      new NfnetConfig(
          List.of(new NfnetConfig.Stem(8, 2)),
          List.of(new NfnetConfig.Stage(16, 1, 2)),
          8,
          0.5,
          0.5,
          Padding.SAME,
          1e-5);

  @Test
  void picturesThatItNeverSawHaveNearlyTheSameFeatures() throws OrtException {
    FlamingoGraphs graphs = graphs(WIDE);
    float[] pixels = picture(77);
    float[] plain = encode(ServingGraph.FRAME_ENCODER.write(graphs), pixels);
    float[] quantized = encode(quantized().write(graphs), pixels);
    double difference = 0;
    double size = 0;
    for (int i = 0; i < plain.length; i++) {
      difference += Math.pow(plain[i] - quantized[i], 2);
      size += Math.pow(plain[i], 2);
    }
    assertThat(Math.sqrt(difference / size)).isBetween(1e-6, 0.1);
  }

  @Test
  void itsConvolutionsAreOfEightBitsAndItsFileIsSmaller() throws InvalidProtocolBufferException {
    FlamingoGraphs graphs = graphs(WIDE);
    byte[] written = quantized().write(graphs);
    assertThat(ModelProto.parseFrom(written).getGraph().getNodeList())
        .extracting(NodeProto::getOpType)
        .filteredOn("QLinearConv"::equals)
        .hasSize(9);
    // Squeeze-and-excite, a third of this network's weights, stays as it is.
    byte[] plain = ServingGraph.FRAME_ENCODER.write(graphs);
    assertThat(written.length / (double) plain.length).isBetween(0.4, 0.6);
  }

  @Test
  void theSameWeightsGiveTheSameGraph() {
    assertThat(quantized().write(graphs(WIDE))).isEqualTo(quantized().write(graphs(WIDE)));
  }

  @Test
  void anEncoderThatWouldNotBeFasterStaysAsItIs() {
    FlamingoGraphs graphs = graphs(NARROW);
    assertThat(quantized().write(graphs)).isEqualTo(ServingGraph.FRAME_ENCODER.write(graphs));
  }

  private static DerivedGraph quantized() {
    return ServingGraph.FRAME_ENCODER.with(Quantization.INT8);
  }

  private static FlamingoGraphs graphs(VisionConfig vision) {
    FlamingoConfig street = Preset.STREET.architecture(Preset.VOCABULARY);
    FlamingoConfig config =
        new FlamingoConfig(
            SIZE,
            street.windowFrames(),
            vision,
            street.resampler().reading(vision.width()),
            street.language(),
            street.crossAttention());
    ParameterSource random = ParameterSource.random(1);
    return new FlamingoGraphs(
        config,
        (name, init, shape) -> {
          HostTensor start = random.get(name, init, shape).floats();
          // Closed branches would count for nothing.
          return name.endsWith("skipinit_gain") ? new HostTensor(shape, new float[] {1}) : start;
        });
  }

  private static float[] picture(long seed) {
    byte[] packed = new DeadLeaves(SIZE).draw(new SplittableRandom(seed));
    return new FramePreprocessor(SIZE, Preprocessing.IMAGENET).fromRgb(packed);
  }

  private static float[] encode(byte[] onnx, float[] pixels) throws OrtException {
    OnnxRuntimeStart.ensure();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] shape = {1, 3, SIZE, SIZE};
    try (OrtSession session = environment.createSession(onnx);
        OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(pixels), shape);
        OrtSession.Result result = session.run(Map.of("pixels", input))) {
      FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] features = new float[values.remaining()];
      values.get(features);
      return features;
    }
  }
}
