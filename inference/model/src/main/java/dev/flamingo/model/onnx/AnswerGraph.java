package dev.flamingo.model.onnx;

import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.nn.Decoder;
import dev.flamingo.model.nn.KeysValues;
import dev.flamingo.model.nn.MediaVisibility;
import dev.flamingo.model.nn.TextInput;
import dev.flamingo.model.nn.VisualInput;
import dev.flamingo.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A whole answer as one graph: the prompts are read at once, then a loop says the most probable
 * token of every row until all have ended. Nothing in it changes its shape.
 *
 * <p>The tokens of a row lie side by side from the first slot of its cache: what a row says takes
 * the places of the padding behind its prompt, which no token ever attended to.
 */
final class AnswerGraph {

  private static final double HIDDEN = 1e9;

  private final OnnxGraph graph;
  private final Decoder decoder;
  private final FlamingoConfig config;
  private final AnswerShape shape;
  private final int slots;
  private final OnnxTensor lengths;
  private final OnnxTensor limits;
  private final OnnxTensor barred;
  private final OnnxTensor spoken;
  private final OnnxTensor words;

  /**
   * Declares the inputs but those of the prompts.
   *
   * @param decoder the language model with its gated layers, in that graph
   */
  AnswerGraph(
      OnnxGraph graph,
      Decoder decoder,
      FlamingoConfig config,
      AnswerShape shape,
      AnswerTokens tokens) {
    this.graph = graph;
    this.decoder = decoder;
    this.config = config;
    this.shape = shape;
    slots = Math.min(shape.prompt() + shape.answer(), config.language().context());
    lengths = graph.input("lengths", ElementType.INT32, shape.batch(), 1);
    limits = graph.input("limits", ElementType.INT32, shape.batch(), 1);
    barred = table("barred", tokens.barred(), (float) -HIDDEN, 0, 1);
    spoken = table("spoken", tokens.barred(), 0, 1, 1);
    words = table("words", tokens.ends(), 0, 1);
  }

  /**
   * The answers so far.
   *
   * @param token the last of every row {@code [batch, 1]}
   * @param count how many were chosen {@code [batch, 1]}
   * @param active 1 for a row that goes on, 0 for one that has ended {@code [batch, 1]}
   * @param ids all that were chosen {@code [batch, answer]}
   * @param probabilities of each {@code [batch, answer]}
   */
  private record Answers(
      OnnxTensor token,
      OnnxTensor count,
      OnnxTensor active,
      OnnxTensor ids,
      OnnxTensor probabilities) {}

  /**
   * Writes the answers to prompts as outputs.
   *
   * @param tokens {@code [batch, prompt]}
   * @param visual what they look at
   */
  void answer(OnnxTensor tokens, VisualInput visual) {
    OnnxTensor last =
        places(shape.prompt())
            .equal(minusOne(lengths))
            .as(ElementType.FLOAT)
            .reshape(shape.batch(), 1, shape.prompt());
    TextInput prompt = new TextInput(tokens, places(shape.prompt()), causal(), List.of());
    Decoder.Output read = decoder.apply(prompt, visual);
    Answers first = choose(none(), last.matmul(read.hidden()));
    Answers all = goOn(first, read.keysValues(), seenFrom(last, visual));
    graph.output("ids", ElementType.INT32, all.ids(), shape.batch(), shape.answer());
    graph.output(
        "probabilities", ElementType.FLOAT, all.probabilities(), shape.batch(), shape.answer());
    graph.output("counts", ElementType.INT32, all.count(), shape.batch(), 1);
  }

  /**
   * Returns what the tokens of an answer look at. Where they see one medium, only that one is kept,
   * so that a turn does not pay for the others.
   *
   * @param last 1 at a prompt's last token, else 0 {@code [batch, 1, prompt]}
   */
  private VisualInput seenFrom(OnnxTensor last, VisualInput visual) {
    OnnxTensor seen = last.matmul(visual.visibility());
    if (shape.media() == 1 || config.crossAttention().sees() != MediaVisibility.LAST) {
      return new VisualInput(visual.keysValues(), seen);
    }
    OnnxTensor which = seen.reshape(shape.batch(), 1, 1, shape.media());
    List<KeysValues> kept =
        visual.keysValues().stream()
            .map(all -> new KeysValues(medium(which, all.keys()), medium(which, all.values())))
            .toList();
    return new VisualInput(kept, seen.sum(2));
  }

  private Tensor medium(OnnxTensor which, Tensor all) {
    int latents = config.resampler().latents();
    int width = config.crossAttention().headWidth();
    return which
        .matmul(all.reshape(0, 0, shape.media(), (long) latents * width))
        .reshape(0, 0, latents, width);
  }

  private Answers none() {
    OnnxTensor zero = graph.table(new int[shape.batch()], shape.batch(), 1);
    float[] ones = new float[shape.batch()];
    Arrays.fill(ones, 1);
    int size = shape.batch() * shape.answer();
    return new Answers(
        zero,
        zero,
        graph.initializer("all_active", ones, shape.batch(), 1),
        graph.table(new int[size], shape.batch(), shape.answer()),
        graph.initializer("no_probabilities", new float[size], shape.batch(), shape.answer()));
  }

  /** Chooses the most probable token that may be said after a state {@code [batch, 1, width]}. */
  private Answers choose(Answers before, OnnxTensor hidden) {
    OnnxTensor logits =
        ((OnnxTensor) decoder.logits(hidden))
            .reshape(shape.batch(), config.language().vocabulary());
    OnnxTensor token = logits.add(barred).argMax(1);
    OnnxTensor probability = logits.softmax().mul(spoken).max(1);
    // A row that has ended writes behind what counts.
    OnnxTensor column = places(shape.answer()).equal(before.count());
    OnnxTensor count = before.count().add(before.active().as(ElementType.INT32));
    OnnxTensor room = count.lessThan(limits).as(ElementType.FLOAT);
    return new Answers(
        token,
        count,
        before.active().mul(words.rows(token)).mul(room),
        column.choose(token, before.ids()),
        column.choose(probability, before.probabilities()));
  }

  private Answers goOn(Answers first, List<KeysValues> prompt, VisualInput seen) {
    OnnxLoop loop = new OnnxLoop(graph, "answer");
    int batch = shape.batch();
    int answer = shape.answer();
    Answers now =
        new Answers(
            loop.carry("token", ElementType.INT32, first.token(), batch, 1),
            loop.carry("count", ElementType.INT32, first.count(), batch, 1),
            loop.carry("active", ElementType.FLOAT, first.active(), batch, 1),
            loop.carry("said", ElementType.INT32, first.ids(), batch, answer),
            loop.carry("certain", ElementType.FLOAT, first.probabilities(), batch, answer));
    // The first token that was chosen stands right behind the prompt.
    OnnxTensor place = minusOne(lengths.add(now.count()));
    OnnxTensor free = places(slots).equal(place).reshape(batch, 1, slots, 1);
    List<SlotCache> cache = new ArrayList<>();
    for (int i = 0; i < prompt.size(); i++) {
      KeysValues read = prompt.get(i);
      KeysValues kept =
          new KeysValues(
              carry(loop, "cached_key_" + i, (OnnxTensor) read.keys()),
              carry(loop, "cached_value_" + i, (OnnxTensor) read.values()));
      cache.add(new SlotCache(kept, free));
    }
    OnnxTensor mask =
        places(slots)
            .atMost(place)
            .as(ElementType.FLOAT)
            .add(-1)
            .mul(HIDDEN)
            .reshape(batch, 1, 1, slots);
    TextInput text = new TextInput(now.token(), place, mask, cache);
    Decoder.Output read = decoder.apply(text, seen);
    Answers next = choose(now, (OnnxTensor) read.hidden());
    List<OnnxTensor> carried =
        new ArrayList<>(
            List.of(next.token(), next.count(), next.active(), next.ids(), next.probabilities()));
    for (KeysValues kept : read.keysValues()) {
      carried.add((OnnxTensor) kept.keys());
      carried.add((OnnxTensor) kept.values());
    }
    List<OnnxTensor> end = loop.end(answer - 1, any(first.active()), any(next.active()), carried);
    return new Answers(end.get(0), end.get(1), end.get(2), end.get(3), end.get(4));
  }

  private OnnxTensor carry(OnnxLoop loop, String name, OnnxTensor read) {
    return loop.carry(
        name,
        ElementType.FLOAT,
        read.followedByZeroes(slots - shape.prompt()),
        shape.batch(),
        config.language().heads(),
        slots,
        config.language().headWidth());
  }

  private static OnnxTensor any(OnnxTensor active) {
    return active.total().as(ElementType.BOOL);
  }

  /** Returns 0 to the count {@code [1, count]}. */
  private OnnxTensor places(int count) {
    return graph.table(IntStream.range(0, count).toArray(), 1, count);
  }

  private OnnxTensor minusOne(OnnxTensor whole) {
    return whole.sub(graph.table(new int[] {1}, 1));
  }

  /** Hides what comes later {@code [1, 1, prompt, prompt]}. */
  private OnnxTensor causal() {
    int length = shape.prompt();
    float[] mask = new float[length * length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i % length > i / length ? (float) -HIDDEN : 0;
    }
    return graph.initializer("causal_mask", mask, 1, 1, length, length);
  }

  private OnnxTensor table(String name, boolean[] rows, float yes, float no, long... before) {
    float[] values = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      values[i] = rows[i] ? yes : no;
    }
    long[] dimensions = Arrays.copyOf(before, before.length + 1);
    dimensions[before.length] = rows.length;
    return graph.initializer(name, values, dimensions);
  }
}
