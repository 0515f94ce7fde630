package dev.flamingo.standalone.bench;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OrtException;
import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.onnx.DerivedGraph;
import dev.flamingo.model.onnx.Quantization;
import dev.flamingo.model.serving.EngineOptions;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.model.serving.GraphExporter;
import dev.flamingo.model.serving.ServingGraph;
import dev.flamingo.standalone.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Frames a second of the vision encoders, against the machine's own large matrix product. */
final class EncodeSection implements Section {

  private static final double GIGA = 1e9;
  private static final List<Integer> BATCHES = List.of(1, 8, 32);
  private static final int CHANNELS = 3;

  private static final String FP32 = "fp32";
  private static final String INT8 = "int8";

  /** The kind in which encoders are quantised, too. */
  private static final Quantization QUANTIZED = Quantization.INT8;

  /** The operator of a convolution in 8 bits. */
  private static final String WHOLE_NUMBERS = "QLinearConv";

  /** One encoder at one size of batch. */
  private record Side(
      String encoder, String weights, int imageSize, int batch, double gflopsPerFrame, Task task) {}

  @Override
  public String name() {
    return "encode";
  }

  @Override
  public String title() {
    return "frames a second of the vision encoders, against a large matrix product in 32 bits";
  }

  @Override
  public SectionResult run(BenchSettings settings) throws Exception {
    Bundle bundle = Bundle.open(settings.bundle());
    EngineOptions options =
        EngineOptions.cachedIn(settings.graphs()).withThreads(settings.threads());
    MatrixProduct product = new MatrixProduct(settings.quick() ? 128 : 2048);
    try (Parts loaded = new Parts()) {
      List<Side> sides = new ArrayList<>();
      sides.addAll(shipped(loaded.add(FlamingoEngine.open(bundle, options)), FP32));
      if (gains(bundle, options)) {
        EngineOptions quantized = options.withQuantization(QUANTIZED);
        sides.addAll(shipped(loaded.add(FlamingoEngine.open(bundle, quantized)), INT8));
      }
      settings.progress().accept("encode: writing an encoder of random weights");
      RandomEncoder random = settings.quick() ? RandomEncoder.wide() : RandomEncoder.nfnetF0();
      sides.addAll(random(random, Quantization.NONE, FP32, settings, loaded));
      sides.addAll(random(random, QUANTIZED, INT8, settings, loaded));
      LoadedGraph peak = loaded.add(product.load(settings.threads()));
      Task multiply = peak.on(product.size(), product.size());
      return measure(settings, product, multiply, sides);
    }
  }

  /** Returns whether an encoder is quantised when it may be. */
  private static boolean gains(Bundle bundle, EngineOptions options) throws IOException {
    DerivedGraph quantized = ServingGraph.FRAME_ENCODER.with(QUANTIZED);
    Map<DerivedGraph, Path> files =
        new GraphExporter().derive(bundle, options.graphCache(), List.of(quantized));
    byte[] onnx = Files.readAllBytes(Objects.requireNonNull(files.get(quantized)));
    return ModelProto.parseFrom(onnx).getGraph().getNodeList().stream()
        .anyMatch(node -> node.getOpType().equals(WHOLE_NUMBERS));
  }

  private static List<Side> shipped(FlamingoEngine engine, String weights) {
    FlamingoConfig config = engine.bundle().architecture();
    String name = engine.bundle().manifest().name();
    int size = config.imageSize();
    double gflops = RandomEncoder.flops(config.vision(), size) / GIGA;
    float[] picture = new float[CHANNELS * size * size];
    List<Side> sides = new ArrayList<>();
    for (int batch : BATCHES) {
      List<float[]> frames = Collections.nCopies(batch, picture);
      Task task =
          () -> {
            var unused = engine.encoder().encode(frames);
          };
      sides.add(new Side(name, weights, size, batch, gflops, task));
    }
    return sides;
  }

  private static List<Side> random(
      RandomEncoder encoder,
      Quantization quantization,
      String weights,
      BenchSettings settings,
      Parts loaded)
      throws OrtException {
    LoadedGraph graph =
        loaded.add(LoadedGraph.load(encoder.onnx(quantization), settings.threads()));
    double gflops = encoder.flops() / GIGA;
    List<Side> sides = new ArrayList<>();
    for (int batch : BATCHES) {
      Task task = graph.on(encoder.input(batch));
      sides.add(new Side(encoder.label(), weights, encoder.imageSize(), batch, gflops, task));
    }
    return sides;
  }

  private static SectionResult measure(
      BenchSettings settings, MatrixProduct product, Task multiply, List<Side> sides)
      throws Exception {
    List<Timed> timed = new ArrayList<>();
    timed.add(settings.timed(multiply));
    sides.forEach(side -> timed.add(settings.timed(side.task())));
    List<Samples<Double>> seconds = settings.rounds("encode").alternate(timed);
    double most = product.flops() / GIGA / seconds.get(0).median(Double::doubleValue);
    List<EncodeRow> rows = new ArrayList<>();
    for (int i = 0; i < sides.size(); i++) {
      Side side = sides.get(i);
      double frames = side.batch() / seconds.get(i + 1).median(Double::doubleValue);
      double gflops = frames * side.gflopsPerFrame();
      rows.add(
          new EncodeRow(
              side.encoder(),
              side.weights(),
              side.imageSize(),
              side.batch(),
              frames,
              side.gflopsPerFrame(),
              gflops,
              most,
              gflops / most));
    }
    String compared =
        "the matrix product is one of %d x %d by ONNX Runtime"
            .formatted(product.size(), product.size());
    return new SectionResult(rows, List.of(compared));
  }
}
