package dev.flamingo.model.onnx;

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

  @Override
  public String fileName() {
    return name + ".onnx";
  }

  @Override
  public byte[] write(FlamingoGraphs graphs) {
    return writer.apply(graphs);
  }
}
