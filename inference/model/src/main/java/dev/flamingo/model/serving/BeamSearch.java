package dev.flamingo.model.serving;

import dev.flamingo.model.bundle.Tokenizer;
import dev.flamingo.model.serving.GeneratedAnswer.Finish;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The answer that is most probable as a whole, as far as a beam finds it. An answer stops at its
 * first end of chunk or sequence. Safe for use by several threads.
 */
public final class BeamSearch {

  private final LanguageModel model;
  private final Tokenizer tokenizer;
  private final SpeakableTokens speakable;
  private final LongSupplier nanoTime;

  BeamSearch(
      LanguageModel model, Tokenizer tokenizer, SpeakableTokens speakable, LongSupplier nanoTime) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.speakable = speakable;
    this.nanoTime = nanoTime;
  }

  /**
   * Answers all requests, in order, in one batch whose size the caller bounds: it holds the beam's
   * width of rows for each. Nothing is heard before the end, since only then it is known what is
   * said.
   *
   * @throws IllegalArgumentException if a prompt leaves no room in the model's context, or visual
   *     tokens are of another model; then nothing is answered
   */
  public List<GeneratedAnswer> search(List<AnswerRequest> requests, BeamOptions options) {
    if (requests.isEmpty()) {
      return List.of();
    }
    long start = nanoTime.getAsLong();
    List<Beam> beams = new ArrayList<>();
    for (AnswerRequest request : requests) {
      model.check(request.prompt());
      beams.add(new Beam(request, beams.size(), options, speakable, model.config().context()));
    }
    List<MediaPrompt> prompts =
        requests.stream().map(it -> new MediaPrompt(it.prompt(), it.media())).toList();
    search(beams, model.begin(prompts));
    Duration total = Duration.ofNanos(nanoTime.getAsLong() - start);
    List<GeneratedAnswer> answers = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      GeneratedAnswer answer = answer(requests.get(i), beams.get(i).best(), total);
      if (!answer.text().isEmpty()) {
        requests.get(i).listener().onText(answer.text());
      }
      answers.add(answer);
    }
    return answers;
  }

  /** Searches to the end and closes the batch. */
  private void search(List<Beam> beams, DecodingBatch first) {
    DecodingBatch batch = first;
    try {
      FloatBuffer scores = batch.prefill();
      for (List<Hypothesis> live = grow(beams, scores);
          !live.isEmpty();
          live = grow(beams, scores)) {
        DecodingBatch next = batch.fork(live.stream().mapToInt(Hypothesis::row).toArray());
        batch.close();
        batch = next;
        int row = 0;
        for (Beam beam : beams) {
          beam.place(row);
          row += beam.live().size();
        }
        scores = batch.step(live.stream().mapToLong(Hypothesis::lastWord).toArray());
      }
    } finally {
      batch.close();
    }
  }

  private List<Hypothesis> grow(List<Beam> beams, FloatBuffer scores) {
    List<Hypothesis> live = new ArrayList<>();
    for (Beam beam : beams) {
      beam.checkCancelled();
      if (!beam.live().isEmpty()) {
        beam.grow(scores);
        model.counters().addToken();
      }
      live.addAll(beam.live());
    }
    return live;
  }

  private GeneratedAnswer answer(AnswerRequest request, Hypothesis best, Duration total) {
    Finish finish = best.finish();
    if (finish == null) {
      throw new IllegalStateException("the answer has not ended");
    }
    return new GeneratedAnswer(
        tokenizer.decode(best.words()),
        finish,
        best.chosen() == 0 ? 0 : best.probabilities() / best.chosen(),
        request.prompt().length(),
        best.words().length,
        total,
        total);
  }
}
