package dev.flamingo.standalone.bench;

import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.serving.EngineOptions;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.standalone.DataFolder;
import dev.flamingo.standalone.Parts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Tokens a second of language models, against what reading their weights allows. */
final class DecodeSection implements Section {

  private static final List<Integer> BATCHES = List.of(1, 8, 32);
  private static final double MIB = 1 << 20;
  private static final double GIB = 1 << 30;

  /** One model at one size of batch. */
  private record Side(String model, WeightKind weights, int batch, long bytes, Speaking speaking) {}

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
      for (WeightKind kind : WeightKind.values()) {
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
      Bundle bundle, WeightKind kind, EngineOptions options, BenchSettings settings, Parts opened)
      throws IOException {
    FlamingoEngine engine = opened.add(kind.open(bundle, options));
    long bytes = GraphWeights.of(kind.decoder(bundle, options.graphCache())).bytes();
    List<Side> sides = new ArrayList<>();
    for (int batch : BATCHES) {
      Speaking speaking = new Speaking(engine, batch, settings.quick() ? 4 : 64);
      sides.add(new Side(bundle.manifest().name(), kind, batch, bytes, speaking));
    }
    return sides;
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
              side.weights().label(),
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
