package dev.flamingo.model.serving;

import dev.flamingo.model.serving.GeneratedAnswer.Finish;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The possible answers to one request: those that live on, and the best that has ended. */
final class Beam {

  private static final int ENDS = 2;

  /** Of equals the one found first comes first: an earlier row, a smaller token. */
  private static final Comparator<Step> BEST_FIRST =
      Comparator.comparingDouble(Step::logLikelihood)
          .reversed()
          .thenComparingInt(Step::place)
          .thenComparingInt(Step::token);

  private record Step(int place, int token, double logProbability, double logLikelihood) {}

  private final AnswerRequest request;
  private final BeamOptions options;
  private final SpeakableTokens speakable;
  private final int longest;
  private List<Hypothesis> live;
  private Hypothesis best;
  private boolean over;

  Beam(
      AnswerRequest request, int row, BeamOptions options, SpeakableTokens speakable, int context) {
    this.request = request;
    this.options = options;
    this.speakable = speakable;
    longest = Math.min(request.maxTokens(), context - request.prompt().length());
    best = Hypothesis.empty(row);
    live = List.of(best);
  }

  /** Returns what lives on; nothing where the search is over. */
  List<Hypothesis> live() {
    return over ? List.of() : live;
  }

  /** Ends the search where nobody wants the answer any more. */
  void checkCancelled() {
    if (!over && request.cancelled().getAsBoolean()) {
      best = live.get(0).as(Finish.CANCELLED);
      over = true;
    }
  }

  /** Says where the batch now holds what lives on, in its order. */
  void place(int firstRow) {
    List<Hypothesis> placed = new ArrayList<>();
    for (Hypothesis hypothesis : live) {
      placed.add(hypothesis.in(firstRow + placed.size()));
    }
    live = placed;
  }

  /** Goes on by one token. */
  void grow(FloatBuffer scores) {
    List<Hypothesis> next = new ArrayList<>();
    for (Step step : bestSteps(scores)) {
      if (next.size() == options.width()) {
        break;
      }
      Hypothesis before = live.get(step.place());
      if (speakable.ends(step.token())) {
        finish(before.ended(step.logProbability()));
      } else {
        next.add(before.followedBy(step.token(), step.logProbability()));
      }
    }
    live = next;
    if (live.get(0).chosen() == longest) {
      live.forEach(hypothesis -> finish(hypothesis.as(Finish.LENGTH)));
      over = true;
    } else if (best.finish() != null) {
      // A log-likelihood only falls, and dividing it by the greatest length flatters most.
      over = score(best) >= options.score(live.get(0).logLikelihood(), longest);
    }
  }

  /** Returns the best answer of all. */
  Hypothesis best() {
    return best;
  }

  private void finish(Hypothesis hypothesis) {
    if (best.finish() == null || score(hypothesis) > score(best)) {
      best = hypothesis;
    }
  }

  private double score(Hypothesis hypothesis) {
    return options.score(hypothesis.logLikelihood(), hypothesis.chosen());
  }

  private List<Step> bestSteps(FloatBuffer scores) {
    // Of one row no more can count than live on, and its ends before them.
    int most = options.width() + ENDS;
    List<Step> all = new ArrayList<>();
    for (int place = 0; place < live.size(); place++) {
      NextToken next = NextToken.at(scores, live.get(place).row(), speakable.vocabulary());
      PriorityQueue<Step> kept = new PriorityQueue<>(BEST_FIRST.reversed());
      for (int token = 0; token < speakable.vocabulary(); token++) {
        if (!speakable.isBarred(token)) {
          double probability = next.logProbability(token);
          double sum = live.get(place).logLikelihood() + probability;
          kept.add(new Step(place, token, probability, sum));
          if (kept.size() > most) {
            kept.poll();
          }
        }
      }
      all.addAll(kept);
    }
    all.sort(BEST_FIRST);
    return all;
  }
}
