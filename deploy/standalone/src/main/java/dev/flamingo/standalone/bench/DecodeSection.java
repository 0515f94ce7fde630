package dev.flamingo.standalone.bench;

import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.onnx.AnswerShape;
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
import java.util.Iterator;
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

  /** Tokens of the longest prompt that whole answers are compared with. */
  private static final int PROMPT = 8;

  private static final double MILLIS = 1_000;

  /**
   * One model at one size of batch.
   *
   * @param compared whether stepping is compared with a whole answer in one call
   */
  private record Side(
      String model,
      Quantization weights,
      int batch,
      long bytes,
      Speaking speaking,
      boolean compared) {}

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
      Bundle shipped = Bundle.open(settings.bundle());
      for (Quantization kind : Quantization.values()) {
        EngineOptions options =
            kind == settings.quantization() ? passing.withWholeAnswers(shapes(settings)) : kept;
        sides.addAll(sides(shipped, kind, options, settings, opened));
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

  private static List<AnswerShape> shapes(BenchSettings settings) {
    return BATCHES.stream()
        .map(batch -> new AnswerShape(batch, PROMPT, 1, tokens(settings)))
        .toList();
  }

  private static int tokens(BenchSettings settings) {
    return settings.quick() ? 4 : 64;
  }

  private static List<Side> sides(
      Bundle bundle, Quantization kind, EngineOptions options, BenchSettings settings, Parts opened)
      throws IOException {
    FlamingoEngine engine = opened.add(FlamingoEngine.open(bundle, options.withQuantization(kind)));
    long bytes = GraphWeights.of(decoder(bundle, kind, options.graphCache())).bytes();
    List<Side> sides = new ArrayList<>();
    for (int batch : BATCHES) {
      Speaking speaking = new Speaking(engine, batch, tokens(settings));
      boolean compared = !options.wholeAnswers().isEmpty();
      sides.add(new Side(bundle.manifest().name(), kind, batch, bytes, speaking, compared));
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
    for (Side side : sides) {
      turns.add(side.speaking());
      if (side.compared()) {
        turns.add(settings.timed(side.speaking().stepwise()));
        turns.add(settings.timed(side.speaking().inOneCall()));
      }
    }
    Iterator<Double> medians =
        settings.rounds("decode").alternate(turns).stream()
            .map(samples -> samples.median(Double::doubleValue))
            .iterator();
    double bytesPerSecond = memory.bytes() / medians.next();
    List<DecodeRow> rows = new ArrayList<>();
    for (Side side : sides) {
      double tokens = medians.next();
      Double stepwise = side.compared() ? medians.next() * MILLIS : null;
      Double oneCall = side.compared() ? medians.next() * MILLIS : null;
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
              tokens / limit,
              stepwise,
              oneCall,
              stepwise == null || oneCall == null ? null : stepwise / oneCall));
    }
    return new SectionResult(
        rows,
        List.of(
            "bandwidth is that of reading %d MiB on %d threads, checksum %x"
                .formatted((long) (memory.bytes() / MIB), settings.threads(), memory.sum())));
  }
}
