package dev.flamingo.model.onnx;

import dev.flamingo.model.FlamingoConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A graph in which every length is a number: the form for TensorRT 8.6, which DJL runs without
 * optimisation profiles and without 64-bit whole numbers. Inputs and outputs are floats or 32-bit
 * whole numbers; {@code tensorrt-8.6-operators.tsv} lists the operators that may stand in it. ONNX
 * Runtime runs it as well.
 *
 * @param name of its file, without the ending
 * @param writer what writes it
 */
public record StaticGraph(String name, Function<FlamingoGraphs, byte[]> writer)
    implements DerivedGraph {

  private static final int[] BATCHES = {1, 8, 32};
  private static final int SHORT_PROMPT = 32;
  private static final int ANSWER = 32;

  /** Media of the longest prompt: 32 shots and what is asked about. */
  private static final int MOST_MEDIA = 33;

  /**
   * Returns the frame encoder: {@code pixels [frames, 3, size, size]} to {@code features [frames,
   * patches, channels]}.
   */
  public static StaticGraph frameEncoder(int frames) {
    return new StaticGraph("frame-encoder-" + frames, graphs -> graphs.frameEncoder(frames));
  }

  /**
   * Returns the resampler: {@code features [windows, frames, patches, channels]} to {@code
   * visual_tokens [windows, latents, width]}.
   */
  public static StaticGraph resampler(int windows, int frames) {
    return new StaticGraph(
        "resampler-%dx%d".formatted(windows, frames), graphs -> graphs.resampler(windows, frames));
  }

  /**
   * Returns the keys and values of windows: {@code visual_tokens [windows, latents, width]} to
   * {@code visual_key_i} and {@code visual_value_i}, each {@code [windows, heads, latents, head
   * width]}.
   */
  public static StaticGraph visualKeysValues(int windows) {
    return new StaticGraph(
        "visual-keys-values-" + windows, graphs -> graphs.visualKeysValues(windows));
  }

  /**
   * Returns whole answers, each the most probable token again and again to an end or a limit.
   *
   * <p>Inputs: {@code tokens [batch, prompt]}, padded behind with any token; {@code lengths [batch,
   * 1]} of the prompts, at least 1; {@code limits [batch, 1]}, the longest answers, at least 1 and
   * short enough for the model's context; {@code visibility [batch, prompt, media]}; {@code
   * visual_key_i} and {@code visual_value_i [batch, heads, media * latents, head width]}.
   *
   * <p>Outputs: {@code ids [batch, answer]}, {@code probabilities [batch, answer]} of each among
   * the whole vocabulary, and {@code counts [batch, 1]}, how many of them belong to the answer, the
   * token that ended it included.
   */
  public static StaticGraph answers(AnswerShape shape, AnswerTokens said) {
    return new StaticGraph("answers-" + shape, graphs -> graphs.answers(shape, said));
  }

  /** Returns the shapes in which a model answers: questions in batches, long prompts one by one. */
  public static List<AnswerShape> answerShapes(FlamingoConfig config) {
    int longest = config.language().context() - 1;
    List<AnswerShape> shapes = new ArrayList<>();
    for (int batch : BATCHES) {
      shapes.add(new AnswerShape(batch, Math.min(SHORT_PROMPT, longest), 1, ANSWER));
    }
    shapes.add(new AnswerShape(1, longest, MOST_MEDIA, ANSWER));
    return shapes;
  }

  /** Returns all graphs of a model, for single frames and for windows of its own length. */
  public static List<StaticGraph> all(FlamingoConfig config, AnswerTokens said) {
    List<StaticGraph> graphs = new ArrayList<>();
    for (int batch : BATCHES) {
      graphs.add(frameEncoder(batch));
      graphs.add(resampler(batch, 1));
      graphs.add(resampler(batch, config.windowFrames()));
      graphs.add(visualKeysValues(batch));
    }
    answerShapes(config).forEach(shape -> graphs.add(answers(shape, said)));
    return graphs;
  }

  @Override
  public String fileName() {
    return name + ".onnx";
  }

  @Override
  public byte[] write(FlamingoGraphs graphs) {
    return writer.apply(graphs);
  }
}
