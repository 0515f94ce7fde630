package dev.flamingo.model.serving;

import dev.flamingo.model.bundle.Tokenizer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The language model: the most probable token, again and again, for several prompts at once. Which
 * prompts share a batch does not change an answer. Safe for use by several threads.
 */
public final class AnswerGenerator {

  private final LanguageModel model;
  private final Tokenizer tokenizer;
  private final GreedyChooser chooser;
  private final LongSupplier nanoTime;

  AnswerGenerator(
      LanguageModel model, Tokenizer tokenizer, SpeakableTokens speakable, LongSupplier nanoTime) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.nanoTime = nanoTime;
    chooser = new GreedyChooser(speakable);
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
      model.check(request.prompt());
      rows.add(new AnswerRow(request, tokenizer, model.config().context()));
    }
    List<MediaPrompt> prompts =
        requests.stream().map(it -> new MediaPrompt(it.prompt(), it.media())).toList();
    if (anyActive(rows, start)) {
      try (DecodingBatch batch = model.begin(prompts)) {
        accept(rows, batch.prefill(), start);
        while (anyActive(rows, start)) {
          accept(rows, step(batch, rows), start);
        }
      }
    }
    return rows.stream().map(AnswerRow::answer).toList();
  }

  private boolean anyActive(List<AnswerRow> rows, long start) {
    long nanos = nanoTime.getAsLong() - start;
    rows.forEach(row -> row.checkCancelled(nanos));
    return rows.stream().anyMatch(AnswerRow::isActive);
  }

  private FloatBuffer step(DecodingBatch batch, List<AnswerRow> rows) {
    long[] tokens = new long[rows.size()];
    for (int i = 0; i < tokens.length; i++) {
      // A row that has ended goes through with token 0, so that the others' cache keeps its shape.
      if (rows.get(i).isActive()) {
        tokens[i] = rows.get(i).lastToken();
      }
    }
    return batch.step(tokens);
  }

  private void accept(List<AnswerRow> rows, FloatBuffer logits, long start) {
    long nanos = nanoTime.getAsLong() - start;
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).isActive()) {
        rows.get(i).accept(chooser.choose(logits, i), nanos);
        model.counters().addToken();
      }
    }
  }
}
