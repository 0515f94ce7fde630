package dev.flamingo.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
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
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantizedAnswersTest {

  private final Path cache;
  private final Bundle street;
  private final SplittableRandom random = new SplittableRandom(29);

  QuantizedAnswersTest(@TempDir Path directory) throws IOException {
    cache = directory.resolve("graphs");
    street = Bundle.open(Path.of("bundles/street"));
  }

  /**
   * The bounds: 8 bits move a logit by some hundredths and turn only what stands on the edge; steps
   * of 4 bits are sixteen times as wide.
   */
  @ParameterizedTest
  @CsvSource({"INT8, 0.8", "BLOCKS8, 0.8", "BLOCKS4, 0.6"})
  void theShippedModelSaysMostlyTheSame(Quantization quantization, double most) throws IOException {
    EngineOptions options = EngineOptions.cachedIn(cache).withThreads(1);
    try (FlamingoEngine plain = FlamingoEngine.open(street, options);
        FlamingoEngine quantized =
            FlamingoEngine.open(street, options.withQuantization(quantization))) {
      List<AnswerRequest> requests = requests(plain);
      assertThat(
              same(plain.generator().generate(requests), quantized.generator().generate(requests)))
          .isGreaterThanOrEqualTo(most);
    }
  }

  @Test
  void wholeAnswersAreQuantisedToo() throws IOException {
    EngineOptions options =
        EngineOptions.cachedIn(cache)
            .withThreads(1)
            .withQuantization(Quantization.BLOCKS8)
            .withWholeAnswers(List.of(new AnswerShape(4, 24, 1, 8)));
    try (FlamingoEngine engine = FlamingoEngine.open(street, options)) {
      List<AnswerRequest> requests = requests(engine);
      // Other kernels for other batches: what they round apart may be a step of an activation.
      assertThat(
              same(engine.generator().generate(requests), engine.wholeAnswers().generate(requests)))
          .isGreaterThanOrEqualTo(0.9);
    }
    try (var files = Files.walk(cache)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("answers-4x24-media-1-answer-8-blocks8.onnx");
    }
  }

  /** Bits of a linear layer's weight, with its share of scales and zero points. */
  @ParameterizedTest
  @CsvSource({"INT8, 8.2", "BLOCKS8, 9.25", "BLOCKS4, 5.125"})
  void theDecoderShrinksByWhatItsWeightsDo(Quantization quantization, double bits)
      throws IOException {
    GraphExporter exporter = new GraphExporter();
    Path plain = Objects.requireNonNull(exporter.derive(street, cache).get(ServingGraph.DECODER));
    Map<?, Path> files = exporter.derive(street, cache, ServingGraph.all(quantization));
    Path quantized = Objects.requireNonNull(files.get(ServingGraph.DECODER.with(quantization)));
    assertThat((double) linearBytes(quantized) / linearBytes(plain))
        .isCloseTo(bits / 32, within(0.01));
    // A graph names its weights, and holds none of them.
    assertThat(Files.size(quantized)).isLessThan(200_000);
  }

  /** Returns the bytes that a graph reads as weights of linear layers. */
  private static long linearBytes(Path onnx) throws IOException {
    long bytes = 0;
    for (TensorProto weight :
        ModelProto.parseFrom(Files.readAllBytes(onnx)).getGraph().getInitializerList()) {
      if (weight.getName().matches(".*\\.(transposed|codes|scales|zero_points)")) {
        for (StringStringEntryProto entry : weight.getExternalDataList()) {
          bytes += entry.getKey().equals("length") ? Long.parseLong(entry.getValue()) : 0;
        }
        bytes += weight.getRawData().size();
      }
    }
    return bytes;
  }

  @Test
  void aCacheHoldsEveryKindBesideTheOthersAndSharesWhatIsTheSame() throws IOException {
    EngineOptions options = EngineOptions.cachedIn(cache).withThreads(1);
    for (Quantization quantization : Quantization.values()) {
      FlamingoEngine.open(street, options.withQuantization(quantization)).close();
    }
    try (var files = Files.walk(cache)) {
      assertThat(
              files
                  .filter(Files::isRegularFile)
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith(".onnx")))
          .containsExactlyInAnyOrder(
              "frame-encoder.onnx",
              "frame-encoder-quantized.onnx",
              "resampler.onnx",
              "visual-keys-values.onnx",
              "decoder.onnx",
              "decoder-int8.onnx",
              "decoder-blocks8.onnx",
              "decoder-blocks4.onnx");
    }
  }

  @Test
  void otherDevicesAreRefused() {
    EngineOptions options = EngineOptions.cachedIn(cache).withQuantization(Quantization.INT8);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.on(Device.CUDA))
        .withMessageContaining("int8 weights run on the cpu alone");
  }

  private List<AnswerRequest> requests(FlamingoEngine engine) {
    List<AnswerRequest> requests = new ArrayList<>();
    for (String question :
        List.of(
            "what color is the bus?",
            "how many cars are there?",
            "is it raining?",
            "is there a dog?",
            "which way does the truck go?")) {
      for (int i = 0; i < 8; i++) {
        requests.add(AnswerRequest.of(engine.prompts().question(question), window(engine), 8));
      }
    }
    return requests;
  }

  private static double same(List<GeneratedAnswer> some, List<GeneratedAnswer> others) {
    int same = 0;
    for (int i = 0; i < some.size(); i++) {
      same += some.get(i).text().equals(others.get(i).text()) ? 1 : 0;
    }
    return (double) same / some.size();
  }

  private VisualTokens window(FlamingoEngine engine) {
    List<float[]> pictures = new ArrayList<>();
    int size = street.architecture().imageSize();
    float[] ground = {gaussian(), gaussian(), gaussian()};
    float[] block = {gaussian(), gaussian(), gaussian()};
    int top = random.nextInt(size / 2);
    int left = random.nextInt(size / 2);
    int speed = random.nextInt(5);
    for (int frame = 0; frame < 8; frame++) {
      float[] pixels = new float[3 * size * size];
      for (int i = 0; i < pixels.length; i++) {
        int x = i % size - left - frame * speed;
        int y = i / size % size - top;
        boolean within = x >= 0 && x < size / 4 && y >= 0 && y < size / 6;
        pixels[i] = (within ? block : ground)[i / (size * size)];
      }
      pictures.add(pixels);
    }
    return engine.resampler().resample(List.of(engine.encoder().encode(pictures))).get(0);
  }

  private float gaussian() {
    return (float) random.nextGaussian();
  }
}
