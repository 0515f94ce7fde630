package dev.flamingo.model.serving;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.flamingo.model.bundle.Tokenizer;
import dev.flamingo.model.nn.MediaVisibility;
import dev.flamingo.model.onnx.AnswerShape;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The language model, one call of the engine for a whole answer: the same answers as {@link
 * AnswerGenerator} gives, which calls it for every token. There is no text before the end, and what
 * has begun cannot be cancelled. Prompts are padded to the smallest graph that holds them. Safe for
 * use by several threads.
 */
public final class WholeAnswers {

  private static final Comparator<AnswerShape> SMALLEST =
      Comparator.comparingInt(AnswerShape::prompt)
          .thenComparingInt(AnswerShape::media)
          .thenComparingInt(AnswerShape::answer);

  private final LanguageModel model;
  private final SortedMap<AnswerShape, SortedMap<Integer, GraphSession>> graphs;
  private final Tokenizer tokenizer;
  private final SpeakableTokens speakable;
  private final LongSupplier nanoTime;

  /** Answers by the graphs given; they end with their owner. */
  WholeAnswers(
      LanguageModel model,
      Map<AnswerShape, GraphSession> graphs,
      Tokenizer tokenizer,
      SpeakableTokens speakable,
      LongSupplier nanoTime) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.speakable = speakable;
    this.nanoTime = nanoTime;
    this.graphs = new TreeMap<>(SMALLEST);
    graphs.forEach(
        (shape, graph) ->
            this.graphs
                .computeIfAbsent(shape.withBatch(1), absent -> new TreeMap<>())
                .put(shape.batch(), graph));
  }

  /** Returns whether a graph is large enough for a prompt and its longest answer. */
  public boolean hold(AnswerRequest request) {
    return shape(request).isPresent();
  }

  /**
   * Answers all requests, in order, in as few calls as the graphs allow. A listener hears its
   * answer at the end, and whether it is still wanted is asked before the call alone.
   *
   * @throws IllegalArgumentException if a prompt leaves no room in the model's context or no graph
   *     is large enough for it, then nothing is answered; or if visual tokens are of another model
   */
  public List<GeneratedAnswer> generate(List<AnswerRequest> requests) {
    try (GenerationBatch batch = begin()) {
      return batch.generate(requests);
    }
  }

  /** Returns an empty batch, each of whose steps makes whole answers; the caller closes it. */
  public GenerationBatch begin() {
    return new WholeBatch(this);
  }

  /**
   * An answer to be made.
   *
   * @param shape the smallest that holds it, with a batch of 1
   */
  record Row(AnswerRequest request, AnswerRow answer, AnswerShape shape) {}

  /**
   * Returns a row for a request.
   *
   * @throws IllegalArgumentException as {@link #generate}
   */
  Row row(AnswerRequest request) {
    model.check(request.prompt());
    model.windows().check(request.media());
    AnswerShape shape = shape(request).orElseThrow(() -> tooLong(request));
    AnswerRow answer =
        new AnswerRow(request, tokenizer, model.config().context(), nanoTime.getAsLong());
    return new Row(request, answer, shape);
  }

  /** Returns those that somebody still waits for, and ends the others. */
  List<Row> wanted(List<Row> rows) {
    long now = nanoTime.getAsLong();
    List<Row> wanted = new ArrayList<>();
    for (Row row : rows) {
      row.answer().checkCancelled(now);
      if (row.answer().isActive()) {
        wanted.add(row);
      }
    }
    return wanted;
  }

  /** Returns the first and those behind it that one call can answer with it. */
  List<Row> together(List<Row> rows) {
    AnswerShape shape = rows.get(0).shape();
    return rows.stream()
        .filter(row -> row.shape().equals(shape))
        .limit(sizes(shape).lastKey())
        .toList();
  }

  private Optional<AnswerShape> shape(AnswerRequest request) {
    Prompt prompt = request.prompt();
    return graphs.keySet().stream()
        .filter(shape -> shape.holds(prompt.length(), prompt.media(), limit(request)))
        .findFirst();
  }

  private int limit(AnswerRequest request) {
    return Math.min(request.maxTokens(), model.config().context() - request.prompt().length());
  }

  private IllegalArgumentException tooLong(AnswerRequest request) {
    return new IllegalArgumentException(
        "a prompt of %d tokens and %d media with an answer of %d tokens is larger than the graphs %s: step it, or derive a larger graph"
            .formatted(
                request.prompt().length(),
                request.prompt().media(),
                limit(request),
                graphs.keySet()));
  }

  private SortedMap<Integer, GraphSession> sizes(AnswerShape shape) {
    return graphs.getOrDefault(shape, Collections.emptySortedMap());
  }

  /** Answers what {@link #together} returned, in one call. */
  void answer(List<Row> rows) {
    AnswerShape shape = rows.get(0).shape();
    SortedMap<Integer, GraphSession> sizes = sizes(shape);
    int batch = sizes.tailMap(rows.size()).firstKey();
    answer(Objects.requireNonNull(sizes.get(batch)), shape.withBatch(batch), rows);
  }

  private void answer(GraphSession graph, AnswerShape shape, List<Row> rows) {
    try (NDManager manager = graph.newManager()) {
      NDList outputs = graph.run(inputs(manager, shape, rows));
      IntBuffer ids = GraphSession.integers(outputs.get("ids"));
      FloatBuffer probabilities = GraphSession.values(outputs.get("probabilities"));
      IntBuffer counts = GraphSession.integers(outputs.get("counts"));
      long now = nanoTime.getAsLong();
      for (int i = 0; i < rows.size(); i++) {
        AnswerRow answer = rows.get(i).answer();
        int first = i * shape.answer();
        int count = counts.get(i);
        answer.guard(
            () -> {
              for (int at = first; at < first + count; at++) {
                answer.accept(choice(ids.get(at), probabilities.get(at)), now);
                model.counters().addToken();
              }
            });
        // The last token that was chosen is not read again.
        model.counters().addRead(rows.get(i).request().prompt().length() + count - 1L);
      }
    }
  }

  private TokenChoice choice(int token, float probability) {
    if (!(probability >= 0)) {
      throw new IllegalStateException(
          "the model gave token %d the probability %s: its weights are damaged"
              .formatted(token, probability));
    }
    return new TokenChoice(token, probability, speakable.ends(token));
  }

  private NDList inputs(NDManager manager, AnswerShape shape, List<Row> rows) {
    int batch = shape.batch();
    int length = shape.prompt();
    int media = shape.media();
    MediaVisibility sees = model.architecture().crossAttention().sees();
    int[] tokens = new int[batch * length];
    int[] lengths = new int[batch];
    int[] limits = new int[batch];
    // What fills the batch is a token long and says one.
    Arrays.fill(lengths, 1);
    Arrays.fill(limits, 1);
    float[] visibility = new float[batch * length * media];
    for (int row = 0; row < rows.size(); row++) {
      AnswerRequest request = rows.get(row).request();
      Prompt prompt = request.prompt();
      lengths[row] = prompt.length();
      limits[row] = limit(request);
      for (int i = 0; i < prompt.length(); i++) {
        int at = row * length + i;
        tokens[at] = Math.toIntExact(prompt.tokens()[i]);
        int seen = prompt.medium()[i] + 1;
        for (int medium = 0; medium < seen; medium++) {
          visibility[at * media + medium] = sees.sees(medium, seen) ? 1 : 0;
        }
      }
    }
    NDList inputs =
        new NDList(
            GraphSession.tensor(manager, "tokens", tokens, batch, length),
            GraphSession.tensor(manager, "lengths", lengths, batch, 1),
            GraphSession.tensor(manager, "limits", limits, batch, 1),
            GraphSession.tensor(manager, "visibility", visibility, batch, length, media));
    WindowKeysValues windows = model.windows();
    inputs.addAll(windows.inputs(manager, windows.of(shown(rows, batch)), media));
    return inputs;
  }

  private static List<List<VisualTokens>> shown(List<Row> rows, int batch) {
    Stream<List<VisualTokens>> shown = rows.stream().map(row -> row.request().media());
    Stream<List<VisualTokens>> filling = Stream.generate(() -> List.of());
    return Stream.concat(shown, filling).limit(batch).toList();
  }
}
