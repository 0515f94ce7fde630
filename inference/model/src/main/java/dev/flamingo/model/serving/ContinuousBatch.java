package dev.flamingo.model.serving;

import dev.flamingo.model.bundle.Tokenizer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers that get one token each in every step: a short one does not wait for a long one,
 * whichever was there first.
 */
final class ContinuousBatch implements GenerationBatch {

  private final LanguageModel model;
  private final Tokenizer tokenizer;
  private final GreedyChooser chooser;
  private final LongSupplier nanoTime;

  /** Those whose prompt the next step reads. */
  private List<AnswerRow> joined = new ArrayList<>();

  /** Those that have their row in the decoder's batch, the ones that ended there included. */
  private List<AnswerRow> rows = List.of();

  private @Nullable DecodingBatch decoding;

  ContinuousBatch(
      LanguageModel model, Tokenizer tokenizer, GreedyChooser chooser, LongSupplier nanoTime) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.chooser = chooser;
    this.nanoTime = nanoTime;
  }

  @Override
  public CompletableFuture<GeneratedAnswer> join(AnswerRequest request) {
    model.check(request.prompt());
    model.windows().check(request.media());
    AnswerRow row =
        new AnswerRow(request, tokenizer, model.config().context(), nanoTime.getAsLong());
    joined.add(row);
    return row.answer();
  }

  @Override
  public int size() {
    return joined.size() + active(rows).length;
  }

  /** Makes one more token of every answer, the first of those that have joined. */
  @Override
  public void step() {
    long now = nanoTime.getAsLong();
    rows.forEach(row -> row.guard(() -> row.checkCancelled(now)));
    joined.forEach(row -> row.guard(() -> row.checkCancelled(now)));
    guard(rows, this::advance);
    List<AnswerRow> fresh = joined.stream().filter(AnswerRow::isActive).toList();
    joined = new ArrayList<>();
    if (!fresh.isEmpty()) {
      guard(fresh, () -> read(fresh));
    }
    guard(rows, this::leave);
  }

  private static void guard(List<AnswerRow> affected, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      affected.forEach(row -> row.fail(e));
    }
  }

  private void advance() {
    if (decoding != null && active(rows).length > 0) {
      // A row that has ended goes through with token 0, so that the others' cache keeps its shape.
      accept(
          rows,
          decoding.step(
              rows.stream().mapToLong(row -> row.isActive() ? row.lastToken() : 0).toArray()));
    }
  }

  private void read(List<AnswerRow> fresh) {
    DecodingBatch read = model.begin(fresh.stream().map(AnswerRow::prompt).toList());
    try {
      accept(fresh, read.prefill());
      int[] stay = active(rows);
      int[] more = active(fresh);
      if (decoding == null || stay.length == 0) {
        replace(read, fresh);
      } else if (more.length > 0) {
        List<AnswerRow> together = new ArrayList<>(chosen(rows, stay));
        together.addAll(chosen(fresh, more));
        replace(decoding.join(stay, read, more), together);
      }
    } finally {
      if (decoding != read) {
        read.close();
      }
    }
  }

  /**
   * Takes the rows that ended out once they are half of all: it copies the others' cache, and to
   * carry a few along costs less.
   */
  private void leave() {
    int[] stay = active(rows);
    if (decoding != null && stay.length == 0) {
      free();
    } else if (decoding != null && stay.length <= rows.size() / 2) {
      replace(decoding.fork(stay), chosen(rows, stay));
    }
  }

  private void replace(DecodingBatch next, List<AnswerRow> nextRows) {
    free();
    decoding = next;
    rows = nextRows;
  }

  private void free() {
    if (decoding != null) {
      decoding.close();
    }
    decoding = null;
    rows = List.of();
  }

  private void accept(List<AnswerRow> heard, FloatBuffer scores) {
    long now = nanoTime.getAsLong();
    for (int i = 0; i < heard.size(); i++) {
      AnswerRow row = heard.get(i);
      if (row.isActive()) {
        int place = i;
        row.guard(() -> row.accept(chooser.choose(scores, place), now));
        model.counters().addToken();
      }
    }
  }

  private static int[] active(List<AnswerRow> rows) {
    return IntStream.range(0, rows.size()).filter(i -> rows.get(i).isActive()).toArray();
  }

  private static List<AnswerRow> chosen(List<AnswerRow> rows, int[] chosen) {
    return IntStream.of(chosen).mapToObj(rows::get).toList();
  }

  @Override
  public void close() {
    CancellationException closed = new CancellationException("the batch was closed");
    rows.forEach(row -> row.fail(closed));
    joined.forEach(row -> row.fail(closed));
    joined = new ArrayList<>();
    free();
  }
}
