package dev.flamingo.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.bundle.BundleWriter;
import dev.flamingo.model.bundle.Tokenizer;
import dev.flamingo.model.checkpoint.HostTensor;
import dev.flamingo.model.checkpoint.StoredType;
import dev.flamingo.model.onnx.AnswerShape;
import dev.flamingo.model.onnx.AnswerTokens;
import dev.flamingo.model.onnx.DerivedGraph;
import dev.flamingo.model.onnx.FlamingoGraphs;
import dev.flamingo.model.onnx.StaticGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphExporterTest {

  private final GraphExporter exporter = new GraphExporter();
  private final Path directory;
  private final Bundle bundle;

  GraphExporterTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    bundle = RandomBundle.write(directory.resolve("bundle"), 15);
  }

  @Test
  void anExportReplacesWhatLiesThere() throws IOException {
    Path out = directory.resolve("out");
    Map<ServingGraph, Path> files = exporter.export(bundle, out);
    assertThat(files).containsOnlyKeys(ServingGraph.values());
    byte[] first = Files.readAllBytes(out.resolve("decoder.onnx"));
    Files.write(out.resolve("decoder.onnx"), new byte[] {1});
    exporter.export(bundle, out);
    assertThat(out.resolve("decoder.onnx")).hasBinaryContent(first);
  }

  @Test
  void graphsShareWeightsBesideThemAndAreSmall() throws IOException {
    Path cache = directory.resolve("cache");
    AnswerTokens said;
    try (Tokenizer tokenizer = bundle.tokenizer()) {
      int vocabulary = bundle.architecture().language().vocabulary();
      said = new SpeakableTokens(tokenizer, vocabulary).answerTokens();
    }
    List<DerivedGraph> alone = List.of(ServingGraph.DECODER);
    List<DerivedGraph> both =
        List.of(
            ServingGraph.DECODER,
            StaticGraph.answers(new AnswerShape(1, 8, 1, 4), said),
            StaticGraph.answers(new AnswerShape(2, 8, 1, 4), said));
    long single = weightsOf(exporter.derive(bundle, cache.resolve("one"), alone));
    long shared = weightsOf(exporter.derive(bundle, cache.resolve("all"), both));
    assertThat(single).isPositive();
    assertThat(shared).isEqualTo(single);
    Path beside =
        cache.resolve("one").resolve(bundle.derivationKey(version())).resolve("decoder.onnx");
    GraphExporter.selfContained().export(bundle, directory.resolve("held"), alone);
    Path held = directory.resolve("held").resolve("decoder.onnx");
    assertThat(Files.size(held) - Files.size(beside)).isGreaterThan(single * 8 / 10);
    assertThat(Files.size(beside)).isLessThan(50_000);
  }

  private static String version() {
    return Integer.toString(FlamingoGraphs.VERSION);
  }

  private static long weightsOf(Map<DerivedGraph, Path> files) throws IOException {
    Path folder = files.values().iterator().next().getParent();
    try (var all = Files.list(folder)) {
      List<Path> weights = all.filter(file -> file.toString().endsWith(".bin")).toList();
      assertThat(weights).hasSize(1);
      return Files.size(weights.get(0));
    }
  }

  @Test
  void manyMayDeriveTheSameGraphsAtOnce() {
    Path cache = directory.resolve("cache");
    List<Map<ServingGraph, Path>> all =
        IntStream.range(0, 4).parallel().mapToObj(i -> derive(cache)).toList();
    assertThat(all).containsOnly(all.get(0));
    assertThat(all.get(0).values()).allSatisfy(file -> assertThat(file).isNotEmptyFile());
  }

  @Test
  void weightsOfAnotherArchitectureAreReported() throws IOException {
    Bundle empty =
        new BundleWriter(StoredType.F32)
            .write(
                directory.resolve("empty"),
                bundle.manifest(),
                Files.readString(bundle.directory().resolve("tokenizer.json")),
                Map.of("x", HostTensor.of(new float[] {1}, 1)));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> exporter.export(empty, directory.resolve("out")))
        .withMessageContainingAll(empty.id(), "do not fit", "there is no tensor");
  }

  private Map<ServingGraph, Path> derive(Path cache) {
    try {
      return exporter.derive(bundle, cache);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
