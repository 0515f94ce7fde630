package dev.flamingo.model.serving;

import dev.flamingo.model.bundle.Tokenizer;
import dev.flamingo.model.nn.DecoderConfig;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The language model: the most probable token, again and again, for several prompts at once. Which
 * prompts share a batch does not change an answer. Safe for use by several threads.
 */
public final class AnswerGenerator {

  private final GraphSession session;
  private final WindowKeysValues windows;
  private final DecoderConfig config;
  private final Tokenizer tokenizer;
  private final GreedyChooser chooser;
  private final EngineCounters counters;
  private final LongSupplier nanoTime;

  AnswerGenerator(
      GraphSession session,
      WindowKeysValues windows,
      DecoderConfig config,
      Tokenizer tokenizer,
      EngineCounters counters,
      LongSupplier nanoTime) {
    this.session = session;
    this.windows = windows;
    this.config = config;
    this.tokenizer = tokenizer;
    this.counters = counters;
    this.nanoTime = nanoTime;
    chooser = new GreedyChooser(tokenizer, config.vocabulary());
  }

  /**
   * Answers all requests, in order, in one batch whose size the caller bounds.
   *
   * @throws IllegalArgumentException if a prompt leaves no room in the model's context, or visual
   *     tokens are of another model; then nothing is answered
   */
  public List<GeneratedAnswer> generate(List<AnswerRequest> requests) {
    if (requests.isEmpty()) {
      return List.of();
    }
    long start = nanoTime.getAsLong();
    List<AnswerRow> rows = new ArrayList<>();
    for (AnswerRequest request : requests) {
      check(request.prompt());
      rows.add(new AnswerRow(request, tokenizer, config.context()));
    }
    List<Prompt> prompts = requests.stream().map(AnswerRequest::prompt).toList();
    List<List<VisualTokens>> media = requests.stream().map(AnswerRequest::media).toList();
    if (anyActive(rows, start)) {
      try (DecodingBatch batch = new DecodingBatch(session, config, windows, prompts, media)) {
        accept(rows, batch.prefill(), start);
        while (anyActive(rows, start)) {
          accept(rows, step(batch, rows), start);
        }
      }
    }
    return rows.stream().map(AnswerRow::answer).toList();
  }

  private void check(Prompt prompt) {
    if (prompt.length() >= config.context()) {
      throw new IllegalArgumentException(
          "a prompt of %d tokens leaves no room in the model's %d: ask in fewer words"
              .formatted(prompt.length(), config.context()));
    }
    for (long token : prompt.tokens()) {
      if (token < 0 || token >= config.vocabulary()) {
        throw new IllegalArgumentException(
            "token %d is outside the model's vocabulary of %d: use the bundle's own tokenizer"
                .formatted(token, config.vocabulary()));
      }
    }
  }

  private boolean anyActive(List<AnswerRow> rows, long start) {
    long nanos = nanoTime.getAsLong() - start;
    rows.forEach(row -> row.checkCancelled(nanos));
    return rows.stream().anyMatch(AnswerRow::isActive);
  }

  private FloatBuffer step(DecodingBatch batch, List<AnswerRow> rows) {
    long[] tokens = new long[rows.size()];
    long[] positions = new long[rows.size()];
    for (int i = 0; i < tokens.length; i++) {
      // A row that has ended goes through with token 0, so that the others' cache keeps its shape.
      if (rows.get(i).isActive()) {
        tokens[i] = rows.get(i).lastToken();
        positions[i] = rows.get(i).lastPosition();
      }
    }
    return batch.step(tokens, positions);
  }

  private void accept(List<AnswerRow> rows, FloatBuffer logits, long start) {
    long nanos = nanoTime.getAsLong() - start;
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).isActive()) {
        rows.get(i).accept(chooser.choose(logits, i), nanos);
        counters.addToken();
      }
    }
  }
}
