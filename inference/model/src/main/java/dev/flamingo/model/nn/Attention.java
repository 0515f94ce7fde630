package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;

/** The four linear layers of attention, named as OpenFlamingo's checkpoints name them. */
final class Attention {

  private final Heads heads;
  private final Linear toQueries;
  private final Linear toKeysValues;
  private final Linear toOut;

  /**
   * Builds the layers.
   *
   * @param from width of what attends
   * @param to width of what is attended to
   */
  Attention(Parameters parameters, Heads heads, long from, long to) {
    this.heads = heads;
    toQueries = new Linear(parameters.in("to_q"), from, heads.total());
    toKeysValues = new Linear(parameters.in("to_kv"), to, 2L * heads.total());
    toOut = new Linear(parameters.in("to_out"), heads.total(), from);
  }

  /** Returns {@code [batch, heads, tokens, head width]}. */
  Tensor queries(Tensor x) {
    return heads.split(toQueries.apply(x));
  }

  /**
   * Returns queries of some tokens {@code [groups, heads, tokens, head width]}.
   *
   * @param gather the tokens of every group, counted through the batch {@code [groups, tokens]}
   */
  Tensor queries(Tensor x, Tensor gather) {
    return heads.split(toQueries.apply(x).reshape(-1, heads.total()).rows(gather));
  }

  KeysValues keysValues(Tensor x) {
    Tensor both = toKeysValues.apply(x);
    return new KeysValues(
        heads.split(both.slice(2, 0, heads.total())),
        heads.split(both.slice(2, heads.total(), 2L * heads.total())));
  }

  /** Returns how well every query fits every key {@code [batch, heads, queries, keys]}. */
  Tensor scores(Tensor queries, KeysValues seen) {
    return heads.scores(queries, seen.keys());
  }

  /** Returns what is seen, given how much every query attends to every key. */
  Tensor out(Tensor attention, KeysValues seen) {
    return toOut.apply(heads.join(attention.matmul(seen.values())));
  }

  /** Returns what queries see of all keys {@code [batch, tokens, width]}. */
  Tensor apply(Tensor queries, KeysValues seen) {
    return out(scores(queries, seen).softmax(), seen);
  }
}
