package dev.flamingo.model.serving;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnxruntime.OrtException;
import dev.flamingo.model.bundle.FramePreprocessor;
import dev.flamingo.model.bundle.Preprocessing;
import dev.flamingo.model.onnx.ConvolutionQuantizer;
import dev.flamingo.model.onnx.DerivedGraph;
import dev.flamingo.model.onnx.FlamingoGraphs;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * The vision encoder with its convolutions in 8 bits. What its activations lie between is looked at
 * while it sees pictures that are drawn by chance, always the same ones: no picture comes with a
 * model. An encoder that would not be faster stays as it is.
 */
record QuantizedEncoder() implements DerivedGraph {

  private static final int PICTURES = 16;
  private static final long SEED = 1;
  private static final int CHANNELS = 3;

  @Override
  public String fileName() {
    return "frame-encoder-quantized.onnx";
  }

  @Override
  public byte[] write(FlamingoGraphs graphs) {
    try {
      ModelProto model = OptimizedGraph.of(graphs.selfContained().frameEncoder());
      ConvolutionQuantizer quantizer = new ConvolutionQuantizer(model);
      if (!quantizer.pays()) {
        return graphs.frameEncoder();
      }
      int size = side(model);
      return quantizer
          .quantize(
              new Calibration(model, quantizer.activations())
                  .over(pictures(size), 1, CHANNELS, size, size))
          .toByteArray();
    } catch (OrtException e) {
      throw new IllegalStateException("onnx runtime does not compute the encoder's ranges", e);
    }
  }

  private static int side(ModelProto model) {
    TensorShapeProto pixels = model.getGraph().getInput(0).getType().getTensorType().getShape();
    return (int) pixels.getDim(pixels.getDimCount() - 1).getDimValue();
  }

  private static List<float[]> pictures(int size) {
    SplittableRandom random = new SplittableRandom(SEED);
    DeadLeaves leaves = new DeadLeaves(size);
    FramePreprocessor preprocessor = new FramePreprocessor(size, Preprocessing.IMAGENET);
    return Stream.generate(() -> preprocessor.fromRgb(leaves.draw(random)))
        .limit(PICTURES)
        .toList();
  }
}
