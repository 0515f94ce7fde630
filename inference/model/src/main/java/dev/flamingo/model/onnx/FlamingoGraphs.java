package dev.flamingo.model.onnx;

import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.nn.CrossAttention;
import dev.flamingo.model.nn.CrossAttentionConfig;
import dev.flamingo.model.nn.Decoder;
import dev.flamingo.model.nn.DecoderConfig;
import dev.flamingo.model.nn.Flamingo;
import dev.flamingo.model.nn.KeysValues;
import dev.flamingo.model.nn.Resampler;
import dev.flamingo.model.nn.ResamplerConfig;
import dev.flamingo.model.nn.TextInput;
import dev.flamingo.model.nn.VisionEncoder;
import dev.flamingo.model.nn.VisualInput;
import dev.flamingo.model.tensor.ParameterSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The four graphs that serving runs, with batch and sequence lengths left open.
 *
 * <p>Frame encoder: {@code pixels [frames, 3, size, size]} to {@code features [frames, patches,
 * channels]}.
 *
 * <p>Resampler: {@code features [windows, frames, patches, channels]} and {@code time_weights
 * [frames, learnt]} to {@code visual_tokens [windows, latents, width]}.
 *
 * <p>Visual keys and values: {@code visual_tokens [batch, media * latents, width]} to {@code
 * visual_key_i} and {@code visual_value_i}, each {@code [batch, heads, media * latents, head
 * width]}, for every gated layer i.
 *
 * <p>Decoder: {@code tokens} and {@code positions} {@code [batch, length]} (int64), {@code mask
 * [batch, 1, length, past + length]} (0 or very negative), {@code visibility [batch, length,
 * media]} (1 or 0), {@code pick [batch, picks, length]} (1 at a token whose successor is wanted,
 * else 0), {@code past_key_i} and {@code past_value_i} {@code [batch, heads, past, head width]} for
 * every block, the grafted ones last, {@code visual_key_i} and {@code visual_value_i} to {@code
 * logits [batch * picks, vocabulary]}, {@code present_key_i} and {@code present_value_i} {@code
 * [batch, heads, past + length, head width]}.
 */
public final class FlamingoGraphs {

  /** Rises whenever the same weights would give other graphs: part of the cache's key. */
  public static final int VERSION = 6;

  private static final String BATCH = "batch";

  private final FlamingoConfig config;
  private final ParameterSource source;
  private final WeightStore weights;
  private final Quantization quantization;

  /** Prepares to write the graphs of a model, each with its parameters in itself. */
  public FlamingoGraphs(FlamingoConfig config, ParameterSource source) {
    this(config, source, new InlineWeights(), Quantization.NONE);
  }

  /** Prepares to write the graphs of a model, with their parameters in a file beside them. */
  public FlamingoGraphs(FlamingoConfig config, ParameterSource source, WeightFile weights) {
    this(config, source, weights, Quantization.NONE);
  }

  private FlamingoGraphs(
      FlamingoConfig config,
      ParameterSource source,
      WeightStore weights,
      Quantization quantization) {
    this.config = config;
    this.source = source;
    this.weights = weights;
    this.quantization = quantization;
  }

  /** Returns the same with the language model's weights kept in that way. */
  FlamingoGraphs with(Quantization kind) {
    return new FlamingoGraphs(config, source, weights, kind);
  }

  /** Returns the same with every graph's parameters in itself. */
  public FlamingoGraphs selfContained() {
    return new FlamingoGraphs(config, source, new InlineWeights(), quantization);
  }

  /** Returns the vision encoder as ONNX bytes. */
  public byte[] frameEncoder() {
    return frameEncoder("frames");
  }

  /** Returns the vision encoder for exactly so many frames. */
  byte[] frameEncoder(Object frames) {
    OnnxGraph graph = new OnnxGraph("frame-encoder");
    VisionEncoder encoder =
        VisionEncoder.of(config.vision(), new OnnxParameters(graph, source).in(Flamingo.ENCODER));
    int size = config.imageSize();
    OnnxTensor pixels = graph.input("pixels", ElementType.FLOAT, frames, 3, size, size);
    graph.output("features", (OnnxTensor) encoder.patches(pixels));
    return graph.toBytes(weights);
  }

  /** Returns the resampler as ONNX bytes. */
  public byte[] resampler() {
    OnnxGraph graph = new OnnxGraph("resampler");
    OnnxTensor timeWeights =
        graph.input("time_weights", ElementType.FLOAT, "frames", config.resampler().frames());
    return resampler(graph, timeWeights, "windows", "frames");
  }

  /** Returns the resampler for exactly so many windows and frames, the time weights within. */
  byte[] resampler(int windows, int frames) {
    OnnxGraph graph = new OnnxGraph("resampler");
    ResamplerConfig shape = config.resampler();
    OnnxTensor timeWeights =
        graph.initializer("time_weights", shape.timeWeights(frames), frames, shape.frames());
    return resampler(graph, timeWeights, windows, frames);
  }

  private byte[] resampler(OnnxGraph graph, OnnxTensor timeWeights, Object windows, Object frames) {
    ResamplerConfig shape = config.resampler();
    Resampler resampler =
        Resampler.of(
            shape, config.patches(), new OnnxParameters(graph, source).in(Flamingo.RESAMPLER));
    OnnxTensor features =
        graph.input(
            "features", ElementType.FLOAT, windows, frames, config.patches(), shape.input());
    graph.output("visual_tokens", (OnnxTensor) resampler.apply(features, timeWeights));
    return graph.toBytes(weights);
  }

  /**
   * Returns the projection of visual tokens to every gated layer's keys and values as ONNX bytes.
   */
  public byte[] visualKeysValues() {
    return visualKeysValues(BATCH, "visual");
  }

  /** Returns the projection of exactly so many windows, each by itself. */
  byte[] visualKeysValues(int windows) {
    return visualKeysValues(windows, config.resampler().latents());
  }

  private byte[] visualKeysValues(Object batch, Object tokens) {
    OnnxGraph graph = new OnnxGraph("visual-keys-values");
    CrossAttention layers = crossAttention(new OnnxParameters(graph, source));
    OnnxTensor visual =
        graph.input(
            "visual_tokens", ElementType.FLOAT, batch, tokens, config.crossAttention().visual());
    output(graph, "visual", layers.keysValues(visual));
    return graph.toBytes(weights);
  }

  /** Returns the language model with its gated layers, one step with a cache, as ONNX bytes. */
  public byte[] decoder() {
    OnnxGraph graph = new OnnxGraph("decoder", quantization);
    OnnxParameters parameters = new OnnxParameters(graph, source);
    CrossAttentionConfig gated = config.crossAttention();
    DecoderConfig text = config.language();
    Decoder decoder = decoder(parameters);
    TextInput input =
        new TextInput(
            graph.input("tokens", ElementType.INT64, BATCH, "length"),
            graph.input("positions", ElementType.INT64, BATCH, "length"),
            graph.input("mask", ElementType.FLOAT, BATCH, 1, "length", "total"),
            inputs(
                graph,
                "past",
                config.cachedBlocks(),
                BATCH,
                text.heads(),
                "past",
                text.headWidth()));
    VisualInput visual =
        new VisualInput(
            inputs(graph, "visual", layers(), BATCH, gated.heads(), "visual", gated.headWidth()),
            graph.input("visibility", ElementType.FLOAT, BATCH, "length", "media"));
    OnnxTensor pick = graph.input("pick", ElementType.FLOAT, BATCH, "picks", "length");
    Decoder.Output output = decoder.apply(input, visual);
    graph.output(
        "logits",
        (OnnxTensor) decoder.logits(pick.matmul(output.hidden()).reshape(-1, text.width())));
    output(graph, "present", output.keysValues());
    return graph.toBytes(weights);
  }

  /**
   * Returns whole answers as one static graph, see {@link StaticGraph#answers}.
   *
   * @throws IllegalArgumentException if its prompts are longer than the model's context
   */
  byte[] answers(AnswerShape shape, AnswerTokens said) {
    CrossAttentionConfig gated = config.crossAttention();
    shape.checkContext(config.language().context());
    OnnxGraph graph = new OnnxGraph("answers", quantization);
    OnnxTensor tokens = graph.input("tokens", ElementType.INT32, shape.batch(), shape.prompt());
    AnswerGraph answers =
        new AnswerGraph(graph, decoder(new OnnxParameters(graph, source)), config, shape, said);
    int visualTokens = shape.media() * config.resampler().latents();
    List<KeysValues> seen =
        inputs(
            graph,
            "visual",
            layers(),
            shape.batch(),
            gated.heads(),
            visualTokens,
            gated.headWidth());
    OnnxTensor visibility =
        graph.input("visibility", ElementType.FLOAT, shape.batch(), shape.prompt(), shape.media());
    answers.answer(tokens, new VisualInput(seen, visibility));
    return graph.toBytes(weights);
  }

  /** Returns the number of cross-attention layers. */
  public int layers() {
    return config.crossAttentionLayers();
  }

  private Decoder decoder(OnnxParameters parameters) {
    return new Decoder(
        config.language(), parameters.in(Flamingo.LANGUAGE), crossAttention(parameters));
  }

  private CrossAttention crossAttention(OnnxParameters parameters) {
    return new CrossAttention(
        config.crossAttention(),
        config.language(),
        config.resampler().latents(),
        parameters.in(Flamingo.CROSS_ATTENTION));
  }

  private static List<KeysValues> inputs(
      OnnxGraph graph, String name, int count, Object batch, int heads, Object length, int width) {
    List<KeysValues> inputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      inputs.add(
          new KeysValues(
              graph.input(name + "_key_" + i, ElementType.FLOAT, batch, heads, length, width),
              graph.input(name + "_value_" + i, ElementType.FLOAT, batch, heads, length, width)));
    }
    return inputs;
  }

  private static void output(OnnxGraph graph, String name, List<KeysValues> keysValues) {
    for (int i = 0; i < keysValues.size(); i++) {
      graph.output(name + "_key_" + i, (OnnxTensor) keysValues.get(i).keys());
      graph.output(name + "_value_" + i, (OnnxTensor) keysValues.get(i).values());
    }
  }
}
