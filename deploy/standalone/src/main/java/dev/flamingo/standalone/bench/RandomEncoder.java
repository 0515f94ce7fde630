package dev.flamingo.standalone.bench;

import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.Preset;
import dev.flamingo.model.nn.NfnetConfig;
import dev.flamingo.model.nn.VisionConfig;
import dev.flamingo.model.nn.VisionEncoder;
import dev.flamingo.model.onnx.FlamingoGraphs;
import dev.flamingo.model.onnx.Quantization;
import dev.flamingo.model.serving.ServingGraph;
import dev.flamingo.model.tensor.Padding;
import dev.flamingo.model.tensor.ParameterSource;
import java.util.List;

/**
 * A vision encoder of random weights: how fast it is does not depend on what it learnt.
 *
 * @param label what it is called
 * @param vision its shape
 * @param imageSize side of its pictures in pixels
 */
record RandomEncoder(String label, VisionConfig vision, int imageSize) {

  private static final int CHANNELS = 3;
  private static final long SEED = 1;

  /** Returns NFNet-F0 at 256 pixels, the size at which its authors test it. */
  static RandomEncoder nfnetF0() {
    return new RandomEncoder("nfnet-f0", NfnetConfig.variant(0), 256);
  }

  /** Returns one block as wide as the public networks', small enough to be tried in a second. */
  static RandomEncoder wide() {
    NfnetConfig vision =
        new NfnetConfig(
            List.of(new NfnetConfig.Stem(64, 2)),
            List.of(new NfnetConfig.Stage(1024, 1, 2)),
            128,
            0.5,
            0.5,
            Padding.SAME,
            1e-5);
    return new RandomEncoder("nfnet-wide", vision, 32);
  }

  /** Returns the shape of a batch of pictures. */
  long[] input(int batch) {
    return new long[] {batch, CHANNELS, imageSize, imageSize};
  }

  /** Returns its graph as serving has it with that quantisation, as ONNX bytes. */
  byte[] onnx(Quantization quantization) {
    FlamingoConfig street = Preset.STREET.architecture(Preset.VOCABULARY);
    FlamingoConfig seeing =
        new FlamingoConfig(
            imageSize,
            street.windowFrames(),
            vision,
            street.resampler().reading(vision.width()),
            street.language(),
            street.crossAttention());
    return ServingGraph.FRAME_ENCODER
        .with(quantization)
        .write(new FlamingoGraphs(seeing, ParameterSource.random(SEED)));
  }

  /** Returns the floating-point operations of one frame. */
  long flops() {
    return flops(vision, imageSize);
  }

  /** Returns the floating-point operations that an encoder does for one frame. */
  static long flops(VisionConfig vision, int imageSize) {
    FlopCounter counter = new FlopCounter();
    var unused =
        VisionEncoder.of(vision, counter).patches(counter.input(1, CHANNELS, imageSize, imageSize));
    return counter.total();
  }
}
