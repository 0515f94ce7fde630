package dev.flamingo.model.onnx;

import dev.flamingo.model.FlamingoConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A model as graphs of fixed shapes, by the shape of their first input: single pictures and windows
 * up to the model's own length, questions in batches, long prompts and long answers one by one.
 *
 * @param frameEncoders by {@code [frames, 3, size, size]}
 * @param resamplers by {@code [windows, frames, patches, channels]}
 * @param visualKeysValues by {@code [windows, latents, width]}
 * @param answers by what they hold
 */
public record FixedGraphs(
    Map<List<Long>, StaticGraph> frameEncoders,
    Map<List<Long>, StaticGraph> resamplers,
    Map<List<Long>, StaticGraph> visualKeysValues,
    Map<AnswerShape, StaticGraph> answers) {

  private static final int[] BATCHES = {1, 8, 32};
  private static final int SHORT_PROMPT = 32;
  private static final int ANSWER = 32;
  private static final int LONGEST_ANSWER = 256;

  /** Media of the longest prompt: 32 shots and what is asked about. */
  private static final int MOST_MEDIA = 33;

  /** Returns the graphs of a model. */
  public static FixedGraphs of(FlamingoConfig config, AnswerTokens said) {
    Map<List<Long>, StaticGraph> encoders = new LinkedHashMap<>();
    Map<List<Long>, StaticGraph> resamplers = new LinkedHashMap<>();
    Map<List<Long>, StaticGraph> keysValues = new LinkedHashMap<>();
    Map<AnswerShape, StaticGraph> answers = new LinkedHashMap<>();
    long size = config.imageSize();
    long patches = config.patches();
    long channels = config.resampler().input();
    for (int batch : BATCHES) {
      encoders.put(List.of((long) batch, 3L, size, size), StaticGraph.frameEncoder(batch));
      keysValues.put(
          List.of(
              (long) batch,
              (long) config.resampler().latents(),
              (long) config.crossAttention().visual()),
          StaticGraph.visualKeysValues(batch));
    }
    for (int frames = 1; frames <= config.windowFrames(); frames++) {
      // A window is shorter than the model's in a stream's first seconds alone.
      boolean usual = frames == 1 || frames == config.windowFrames();
      for (int batch : usual ? BATCHES : new int[] {1}) {
        resamplers.put(
            List.of((long) batch, (long) frames, patches, channels),
            StaticGraph.resampler(batch, frames));
      }
    }
    for (AnswerShape shape : answerShapes(config.language().context() - 1)) {
      answers.put(shape, StaticGraph.answers(shape, said));
    }
    return new FixedGraphs(encoders, resamplers, keysValues, answers);
  }

  private static List<AnswerShape> answerShapes(int longest) {
    List<AnswerShape> shapes = new ArrayList<>();
    for (int batch : BATCHES) {
      shapes.add(new AnswerShape(batch, Math.min(SHORT_PROMPT, longest), 1, ANSWER));
    }
    shapes.add(new AnswerShape(1, longest, MOST_MEDIA, Math.min(LONGEST_ANSWER, longest)));
    return shapes;
  }

  /** Returns all graphs. */
  public List<StaticGraph> all() {
    return Stream.of(frameEncoders, resamplers, visualKeysValues, answers)
        .flatMap(graphs -> graphs.values().stream())
        .toList();
  }
}
