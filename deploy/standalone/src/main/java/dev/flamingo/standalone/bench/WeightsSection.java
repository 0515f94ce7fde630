package dev.flamingo.standalone.bench;

import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.Preset;
import dev.flamingo.model.bundle.BundleManifest;
import dev.flamingo.model.bundle.BundleWriter;
import dev.flamingo.model.bundle.Preprocessing;
import dev.flamingo.model.bundle.SpecialTokens;
import dev.flamingo.model.bundle.WordLevelTokenizerJson;
import dev.flamingo.model.checkpoint.StoredTensor;
import dev.flamingo.model.checkpoint.StoredType;
import dev.flamingo.model.onnx.Quantization;
import dev.flamingo.model.serving.VisualTokens;
import dev.flamingo.standalone.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a model of 3 billion parameters costs in memory, disk and time when it is served in 4 bits.
 */
final class WeightsSection implements Section {

  private static final int HEAP_MIB = 512;
  private static final double MIB = 1 << 20;
  private static final double BILLION = 1e9;
  private static final String MEMORY = "MiB";
  private static final String SECONDS = "s";
  private static final String PER_PARAMETER = "bytes a 4-bit parameter";

  private static final double MOST_OVER_LARGEST_MIB = 1024;
  private static final double MOST_ANONYMOUS_MIB = 1024;
  private static final double MOST_DISK = 1.4;
  private static final double MOST_DISK_DERIVING = 2.0;
  private static final double MOST_SECONDS = 5;

  @Override
  public String name() {
    return "weights";
  }

  @Override
  public String title() {
    return "a model of 3 billion parameters, derived and served in 4 bits";
  }

  @Override
  public SectionResult run(BenchSettings settings) throws Exception {
    try (DataFolder folder = DataFolder.of(null)) {
      settings.progress().accept("weights: writing a bundle of random weights");
      long begun = settings.nanoTime().getAsLong();
      Map<String, StoredTensor> weights = bundle(settings, folder.path().resolve("bundle"));
      double writing = (settings.nanoTime().getAsLong() - begun) / BILLION;
      Path tokens = folder.path().resolve("visual-tokens.safetensors");
      FlamingoConfig config = config(settings);
      float[] values = new float[config.resampler().latents() * config.resampler().width()];
      Arrays.fill(values, 0.5f);
      Files.write(
          tokens,
          new VisualTokens(config.resampler().latents(), config.resampler().width(), values)
              .toSafetensors());
      return measure(settings, folder.path(), weights, writing);
    }
  }

  private static FlamingoConfig config(BenchSettings settings) {
    int vocabulary = new WordLevelTokenizerJson(SpecialTokens.DEFAULT).size(words(settings));
    return (settings.quick() ? Preset.STREET : Preset.FLAMINGO_3B).architecture(vocabulary);
  }

  private static int words(BenchSettings settings) {
    int special = new WordLevelTokenizerJson(SpecialTokens.DEFAULT).size(0);
    return settings.quick() ? 200 : Preset.VOCABULARY - special;
  }

  private static Map<String, StoredTensor> bundle(BenchSettings settings, Path folder)
      throws IOException {
    FlamingoConfig config = config(settings);
    Map<String, StoredTensor> weights = RandomWeights.of(config);
    List<String> vocabulary =
        IntStream.range(0, words(settings)).mapToObj(word -> "w" + word).toList();
    BundleManifest manifest =
        BundleManifest.of(
            "random", config, Preprocessing.IMAGENET, SpecialTokens.DEFAULT, Map.of());
    var unused =
        new BundleWriter(StoredType.BF16)
            .write(
                folder,
                manifest,
                new WordLevelTokenizerJson(SpecialTokens.DEFAULT).write(vocabulary),
                weights);
    return weights;
  }

  private static SectionResult measure(
      BenchSettings settings, Path folder, Map<String, StoredTensor> weights, double writing)
      throws IOException, InterruptedException {
    Path cache = folder.resolve("graphs");
    long parameters = weights.values().stream().mapToLong(StoredTensor::size).sum();
    List<String> arguments =
        List.of(
            folder.resolve("bundle").toString(),
            cache.toString(),
            folder.resolve("visual-tokens.safetensors").toString(),
            Quantization.BLOCKS4.name(),
            "0");
    Path log = folder.resolve("log");
    List<WeightsRow> rows = new ArrayList<>();
    rows.add(WeightsRow.of("parameters", parameters / BILLION, "billion"));
    rows.add(WeightsRow.of("bundle written", writing, SECONDS));
    settings.progress().accept("weights: first start");
    try (ServedProcess first = start(log, settings, arguments)) {
      double derived = first.await(ServedBundle.OPENED);
      double most = first.memoryMib("VmHWM");
      GraphWeights graph = GraphWeights.of(decoder(cache));
      long largest = Math.max(graph.bytes(), largest(cache));
      rows.add(WeightsRow.of("heap of the first start", HEAP_MIB, MEMORY, HEAP_MIB));
      rows.add(
          WeightsRow.of(
              "most memory of the first start",
              most,
              MEMORY,
              largest / MIB + MOST_OVER_LARGEST_MIB));
      rows.add(WeightsRow.of("disk of the largest graph", largest / MIB, MEMORY));
      rows.add(WeightsRow.of("first start", derived, SECONDS));
      long all = ServedProcess.bytes(cache);
      double others = all - graph.quantizedBytes();
      rows.add(
          WeightsRow.of(
              "disk, derived",
              graph.quantizedBytes() / (double) graph.quantizedParameters(),
              PER_PARAMETER,
              MOST_DISK));
      rows.add(
          WeightsRow.of(
              "disk while deriving",
              (Math.max(all, first.mostCacheBytes()) - others) / graph.quantizedParameters(),
              PER_PARAMETER,
              MOST_DISK_DERIVING));
      rows.add(WeightsRow.of("4-bit parameters", graph.quantizedParameters() / BILLION, "billion"));
      rows.add(WeightsRow.of("disk of all graphs", all / MIB, MEMORY));
    }
    settings.progress().accept("weights: second start, warm");
    try (ServedProcess second = start(log, settings, arguments)) {
      double spoke = second.await(ServedBundle.SPOKE);
      rows.add(WeightsRow.of("second start to the first token", spoke, SECONDS, MOST_SECONDS));
      double answered = second.await(ServedBundle.ANSWERED);
      rows.add(WeightsRow.of("20 answers", answered - spoke, SECONDS));
      double anonymous = second.memoryMib("RssAnon");
      rows.add(WeightsRow.of("anonymous memory", anonymous, MEMORY, MOST_ANONYMOUS_MIB));
      rows.add(WeightsRow.of("mapped memory", second.memoryMib("RssFile"), MEMORY));
      rows.add(WeightsRow.of("most memory", second.memoryMib("VmHWM"), MEMORY));
    }
    settings.progress().accept("weights: third start, cold");
    boolean cold = forget(folder);
    try (ServedProcess third = start(log, settings, arguments)) {
      double spoke = third.await(ServedBundle.SPOKE);
      if (cold) {
        rows.add(WeightsRow.of("start to the first token, pages not cached", spoke, SECONDS));
      }
    }
    return new SectionResult(
        rows,
        List.of(
            "memory is read from outside, after %s; disk a parameter counts what is stored of"
                    .formatted("20 answers")
                + " 4-bit weights, raw and laid out"));
  }

  private static ServedProcess start(Path log, BenchSettings settings, List<String> arguments)
      throws IOException {
    return ServedProcess.start(HEAP_MIB, log, settings.nanoTime(), arguments);
  }

  private static Path decoder(Path cache) throws IOException {
    try (Stream<Path> files = Files.walk(cache)) {
      return files
          .filter(file -> file.getFileName().toString().equals("decoder-blocks4.onnx"))
          .findFirst()
          .orElseThrow(() -> new IOException("%s holds no decoder".formatted(cache)));
    }
  }

  private static long largest(Path cache) throws IOException {
    long largest = 0;
    try (Stream<Path> files = Files.walk(cache)) {
      for (Path graph : files.filter(file -> file.toString().endsWith(".onnx")).toList()) {
        largest = Math.max(largest, GraphWeights.of(graph).bytes());
      }
    }
    return largest;
  }

  /** Lets the system forget the pages of all files; returns whether it does so here. */
  private static boolean forget(Path folder) throws IOException, InterruptedException {
    try (Stream<Path> files = Files.walk(folder)) {
      // What is not yet on the disk cannot be forgotten.
      if (new ProcessBuilder("sync").start().waitFor() != 0) {
        return false;
      }
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Process dd =
            new ProcessBuilder("dd", "if=" + file, "iflag=nocache", "count=0", "status=none")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (dd.waitFor() != 0) {
          return false;
        }
      }
    } catch (IOException e) {
      return false;
    }
    return true;
  }
}
