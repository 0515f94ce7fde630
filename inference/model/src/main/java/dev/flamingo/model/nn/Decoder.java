package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The language model, with cross-attention at every so many-th block where it has any. Without a
 * visual input it is the plain language model that was pretrained on text.
 */
public final class Decoder {

  private static final double EMBEDDING_DEVIATION = 0.05;

  private final @Nullable CrossAttention crossAttention;
  private final Tensor embedding;
  private final Rotary rotary;
  private final List<DecoderBlock> blocks = new ArrayList<>();
  private final RmsNorm norm;

  /**
   * Builds the decoder.
   *
   * @param config the language model's shape
   * @param text parameters of the language model
   * @param crossAttention the layers through which it sees; null for one that only reads
   */
  public Decoder(DecoderConfig config, Parameters text, @Nullable CrossAttention crossAttention) {
    this.crossAttention = crossAttention;
    embedding =
        text.get(
            "embed_tokens.weight",
            Init.normal(EMBEDDING_DEVIATION),
            config.vocabulary(),
            config.width());
    rotary = new Rotary(config.headWidth(), config.context(), text.in("rotary"));
    for (int i = 0; i < config.layers(); i++) {
      blocks.add(new DecoderBlock(config, text.in("layers." + i)));
    }
    norm = new RmsNorm(text.in("norm"), config.width());
  }

  /**
   * The state after the last block and the keys and values of all tokens so far.
   *
   * @param hidden normalised states {@code [batch, tokens, width]}
   * @param keysValues for every block, the grafted ones last
   */
  public record Output(Tensor hidden, List<KeysValues> keysValues) {}

  /** Reads tokens; what they may look at is null for text alone. */
  public Output apply(TextInput text, @Nullable VisualInput visual) {
    return apply(embed(text.tokens()), text, visual);
  }

  /** Returns what the first block reads of tokens {@code [batch, tokens]}: each one's vector. */
  public Tensor embed(Tensor tokens) {
    return embedding.rows(tokens);
  }

  /**
   * Reads tokens of which more is known than their ids.
   *
   * @param embedded what the first block reads {@code [batch, tokens, width]}
   */
  public Output apply(Tensor embedded, TextInput text, @Nullable VisualInput visual) {
    Tensor x = embedded;
    Rotary.Turn turn = rotary.at(text.positions());
    List<KeysValues> keysValues = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      int block = i;
      DecoderBlock.Result result =
          visual == null || crossAttention == null
              ? blocks.get(i).apply(x, turn, text.mask(), text.past(i), seen -> seen)
              : blocks
                  .get(i)
                  .apply(
                      crossAttention.before(i, x, visual),
                      turn,
                      text.mask(),
                      text.past(i),
                      seen -> crossAttention.within(block, seen, visual));
      x = result.x();
      keysValues.add(result.keysValues());
    }
    if (visual != null && crossAttention != null) {
      for (GraftedBlock block : crossAttention.grafted()) {
        int place = keysValues.size();
        Tensor seen = crossAttention.beforeGrafted(place - blocks.size(), x, visual);
        DecoderBlock.Result result = block.apply(seen, turn, text.mask(), text.past(place));
        x = result.x();
        keysValues.add(result.keysValues());
      }
    }
    return new Output(norm.apply(x), keysValues);
  }

  /** Returns the score of every token of the vocabulary as the next: {@code [..., vocabulary]}. */
  public Tensor logits(Tensor hidden) {
    return hidden.linear(embedding, null);
  }
}
