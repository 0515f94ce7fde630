package dev.flamingo.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.onnx.AnswerShape;
import dev.flamingo.model.onnx.Quantization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped model as large models are served. */
class PackedGraphsTest {

  private final EngineOptions usual;
  private final EngineOptions packing;
  private final Bundle street;
  private final Path cache;

  PackedGraphsTest(@TempDir Path directory) throws IOException {
    street = Bundle.open(Path.of("bundles/street"));
    cache = directory.resolve("packed");
    usual =
        EngineOptions.cachedIn(directory.resolve("usual"))
            .withThreads(1)
            .withQuantization(Quantization.BLOCKS4);
    packing =
        EngineOptions.cachedIn(cache)
            .withThreads(1)
            .withQuantization(Quantization.BLOCKS4)
            .withWholeAnswers(List.of(new AnswerShape(1, 32, 1, 8)))
            .packingFrom(0);
  }

  @Test
  void aModelWhoseWeightsAreLaidOutAheadGivesTheSameAnswers() throws IOException {
    try (FlamingoEngine engine = FlamingoEngine.open(street, usual);
        FlamingoEngine packed = FlamingoEngine.open(street, packing)) {
      List<float[]> pictures = pictures();
      List<FrameFeatures> features = engine.encoder().encode(pictures);
      List<FrameFeatures> same = packed.encoder().encode(pictures);
      for (int i = 0; i < features.size(); i++) {
        assertThat(same.get(i).values()).containsExactly(features.get(i).values(), within(1e-3f));
      }
      VisualTokens window = engine.resampler().resample(List.of(features)).get(0);
      assertThat(packed.resampler().resample(List.of(features)).get(0).values())
          .containsExactly(window.values(), within(1e-3f));
      for (String question : List.of("what color is the bus?", "is it raining?")) {
        AnswerRequest request = AnswerRequest.of(engine.prompts().question(question), window, 8);
        String answer = engine.generator().generate(List.of(request)).get(0).text();
        assertThat(packed.generator().generate(List.of(request)).get(0).text()).isEqualTo(answer);
        assertThat(packed.wholeAnswers().generate(List.of(request)).get(0).text())
            .isEqualTo(answer);
      }
    }
  }

  @Test
  void everyQuantisedWeightIsKeptAsItIsComputedWithAndDerivedOnce() throws IOException {
    FlamingoEngine.open(street, packing).close();
    Path decoder = find("decoder-blocks4.onnx");
    List<TensorProto> codes =
        ModelProto.parseFrom(Files.readAllBytes(decoder)).getGraph().getInitializerList().stream()
            .filter(weight -> weight.getName().endsWith(".codes"))
            .toList();
    assertThat(codes)
        .isNotEmpty()
        .allSatisfy(
            weight ->
                assertThat(weight.getExternalDataList())
                    .extracting(StringStringEntryProto::getKey)
                    .contains("prepacked_0"));
    // Kernels of the encoder are neither standardised nor laid out any more when it is loaded.
    assertThat(
            ModelProto.parseFrom(Files.readAllBytes(find("frame-encoder.onnx")))
                .getGraph()
                .getNodeList())
        .extracting(node -> node.getOpType())
        .doesNotContain("ReduceMean");
    // The graphs of one batch name the same file: whole answers cost no weights of their own.
    assertThat(places(find("answers-1x32-media-1-answer-8-blocks4.onnx")))
        .containsAll(places(decoder).stream().filter(place -> place.contains(".codes ")).toList());
    var before = Files.getLastModifiedTime(decoder);
    long files = count();
    FlamingoEngine.open(street, packing).close();
    assertThat(Files.getLastModifiedTime(decoder)).isEqualTo(before);
    assertThat(count()).isEqualTo(files);
  }

  private static List<String> places(Path onnx) throws IOException {
    List<String> places = new ArrayList<>();
    for (TensorProto weight :
        ModelProto.parseFrom(Files.readAllBytes(onnx)).getGraph().getInitializerList()) {
      places.add(weight.getName() + " " + weight.getExternalDataList());
    }
    return places;
  }

  private Path find(String name) throws IOException {
    try (var files = Files.walk(cache)) {
      return files
          .filter(file -> file.getFileName().toString().equals(name))
          .findFirst()
          .orElseThrow();
    }
  }

  private long count() throws IOException {
    try (var files = Files.walk(cache)) {
      return files.count();
    }
  }

  private List<float[]> pictures() {
    SplittableRandom random = new SplittableRandom(7);
    int size = street.architecture().imageSize();
    List<float[]> pictures = new ArrayList<>();
    for (int frame = 0; frame < 8; frame++) {
      float[] pixels = new float[3 * size * size];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (float) random.nextGaussian();
      }
      pictures.add(pixels);
    }
    return pictures;
  }
}
