package dev.flamingo.standalone.bench;

import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.onnx.DerivedGraph;
import dev.flamingo.model.onnx.Quantization;
import dev.flamingo.model.serving.EngineOptions;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.model.serving.GraphExporter;
import dev.flamingo.model.serving.ServingGraph;
import dev.flamingo.standalone.DataFolder;
import dev.flamingo.standalone.Parts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

/** Tokens a second of language models, against what reading their weights allows. */
final class DecodeSection implements Section {

  private static final List<Integer> BATCHES = List.of(1, 8, 32);
  private static final String FP32 = "fp32";
  private static final double MIB = 1 << 20;
  private static final double GIB = 1 << 30;

  /** One model at one size of batch. */
  private record Side(
      String model, Quantization weights, int batch, long bytes, Speaking speaking) {}

  @Override
  public String name() {
    return "decode";
  }

  @Override
  public String title() {
    return "tokens a second of language models, against reading their weights from memory";
  }

  @Override
  public SectionResult run(BenchSettings settings) throws Exception {
    RandomModel large = settings.quick() ? RandomModel.small() : RandomModel.of29Million();
    try (Parts opened = new Parts()) {
      DataFolder folder = opened.add(DataFolder.of(null));
      settings.progress().accept("decode: writing " + large.label());
      Bundle random = large.write(folder.path().resolve("bundle"));
      EngineOptions kept = options(settings, settings.graphs());
      EngineOptions passing = options(settings, folder.path().resolve("graphs"));
      List<Side> sides = new ArrayList<>();
      for (Quantization kind : Quantization.values()) {
        sides.addAll(sides(Bundle.open(settings.bundle()), kind, kept, settings, opened));
        sides.addAll(sides(random, kind, passing, settings, opened));
      }
      MemoryStream memory =
          opened.add(
              new MemoryStream(settings.quick() ? 16L << 20 : 512L << 20, settings.threads()));
      return measure(settings, memory, sides);
    }
  }

  private static EngineOptions options(BenchSettings settings, Path graphs) {
    return EngineOptions.cachedIn(graphs).withThreads(settings.threads());
  }

  private static List<Side> sides(
      Bundle bundle, Quantization kind, EngineOptions options, BenchSettings settings, Parts opened)
      throws IOException {
    FlamingoEngine engine = opened.add(FlamingoEngine.open(bundle, options.withQuantization(kind)));
    long bytes = GraphWeights.of(decoder(bundle, kind, options.graphCache())).bytes();
    List<Side> sides = new ArrayList<>();
    for (int batch : BATCHES) {
      Speaking speaking = new Speaking(engine, batch, settings.quick() ? 4 : 64);
      sides.add(new Side(bundle.manifest().name(), kind, batch, bytes, speaking));
    }
    return sides;
  }

  private static Path decoder(Bundle bundle, Quantization kind, Path cache) throws IOException {
    DerivedGraph decoder = ServingGraph.DECODER.with(kind);
    Map<DerivedGraph, Path> files = new GraphExporter().derive(bundle, cache, List.of(decoder));
    return Objects.requireNonNull(files.get(decoder));
  }

  private static SectionResult measure(
      BenchSettings settings, MemoryStream memory, List<Side> sides) throws Exception {
    List<Callable<Double>> turns = new ArrayList<>();
    turns.add(settings.timed(memory));
    sides.forEach(side -> turns.add(side.speaking()));
    List<Samples<Double>> samples = settings.rounds("decode").alternate(turns);
    double bytesPerSecond = memory.bytes() / samples.get(0).median(Double::doubleValue);
    List<DecodeRow> rows = new ArrayList<>();
    for (int i = 0; i < sides.size(); i++) {
      Side side = sides.get(i);
      double tokens = samples.get(i + 1).median(Double::doubleValue);
      double limit = side.batch() * bytesPerSecond / side.bytes();
      rows.add(
          new DecodeRow(
              side.model(),
              side.weights() == Quantization.NONE ? FP32 : side.weights().label(),
              side.batch(),
              tokens,
              side.bytes() / MIB,
              bytesPerSecond / GIB,
              limit,
              tokens / limit));
    }
    return new SectionResult(
        rows,
        List.of(
            "bandwidth is that of reading %d MiB on %d threads, checksum %x"
                .formatted((long) (memory.bytes() / MIB), settings.threads(), memory.sum())));
  }
}
