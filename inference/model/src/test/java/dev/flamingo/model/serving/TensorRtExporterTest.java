package dev.flamingo.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.bundle.Bundle;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorRtExporterTest {

  private static final int FRAMES = 8;

  private final Path directory;
  private final EngineOptions options;
  private final Bundle bundle;
  private final FlamingoConfig config;
  private final SplittableRandom random = new SplittableRandom(7);

  TensorRtExporterTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    options = EngineOptions.cachedIn(directory.resolve("graphs")).withThreads(1);
    bundle = RandomBundle.write(directory.resolve("bundle"), 15);
    config = bundle.architecture();
  }

  @Test
  void whatItWritesComputesWhatServingComputes() throws IOException {
    Path out = directory.resolve("out");
    Collection<Path> files = new TensorRtExporter().export(bundle, out);
    assertThat(files).allSatisfy(file -> assertThat(file).isNotEmptyFile());
    assertThat(files)
        .extracting(file -> file.getFileName().toString())
        .contains("answers-1x32-media-1-answer-32.onnx", "answers-1x47-media-33-answer-47.onnx");

    int size = config.imageSize();
    int patches = config.patches();
    int channels = config.vision().width();
    int latents = config.resampler().latents();
    int width = config.resampler().width();
    List<float[]> pictures =
        IntStream.range(0, FRAMES).mapToObj(i -> values(3 * size * size)).toList();
    try (FlamingoEngine engine = FlamingoEngine.open(bundle, options)) {
      List<FrameFeatures> frames = engine.encoder().encode(pictures);
      float[] features =
          run(
              out.resolve("frame-encoder-8.onnx"),
              "pixels",
              joined(pictures),
              FRAMES,
              3,
              size,
              size);
      assertThat(features)
          .containsExactly(
              joined(frames.stream().map(FrameFeatures::values).toList()), within(1e-4f));

      VisualTokens window = engine.resampler().resample(List.of(frames)).get(0);
      float[] tokens =
          run(
              out.resolve("resampler-1x8.onnx"),
              "features",
              features,
              1,
              FRAMES,
              patches,
              channels);
      assertThat(tokens).containsExactly(window.values(), within(1e-4f));
      float[] keys =
          run(out.resolve("visual-keys-values-1.onnx"), "visual_tokens", tokens, 1, latents, width);
      assertThat(keys)
          .containsExactly(
              run(
                  graph(ServingGraph.VISUAL_KEYS_VALUES),
                  "visual_tokens",
                  window.values(),
                  1,
                  latents,
                  width),
              within(1e-4f));
    }
  }

  private Path graph(ServingGraph graph) throws IOException {
    return new GraphExporter()
        .derive(bundle, options.graphCache(), List.of(graph))
        .values()
        .iterator()
        .next();
  }

  /** Returns the first output. */
  private float[] run(Path file, String input, float[] values, long... shape) throws IOException {
    try (GraphSession session =
            OnnxRuntimeSession.load(file, options, OnnxRuntimeEngine.CPU, Map.of());
        NDManager manager = session.newManager()) {
      NDList inputs = new NDList(GraphSession.tensor(manager, input, values, shape));
      FloatBuffer output = GraphSession.values(session.run(inputs).head());
      float[] copy = new float[output.remaining()];
      output.get(copy);
      return copy;
    }
  }

  private float[] values(int count) {
    float[] values = new float[count];
    double brightness = 0;
    for (int i = 0; i < count; i++) {
      brightness = i % 200 == 0 ? random.nextDouble(-4, 4) : brightness;
      values[i] = (float) brightness;
    }
    return values;
  }

  private static float[] joined(List<float[]> parts) {
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
