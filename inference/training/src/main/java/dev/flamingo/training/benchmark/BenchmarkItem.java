package dev.flamingo.training.benchmark;

import dev.flamingo.model.serving.Cue;
import dev.flamingo.training.frame.Medium;
import dev.flamingo.training.metric.Prediction;
import dev.flamingo.training.metric.Reference;
import java.util.List;

/**
 * One question of a benchmark, or one example to learn from.
 *
 * @param id its name in the benchmark
 * @param medium what it is about
 * @param cue the text after the medium, up to where the answer begins
 * @param answer what an example answers
 * @param references what people answered; empty where candidates are ranked
 * @param candidates what to choose from; empty where the model speaks for itself
 * @param exact whether only the very answer counts, where the benchmark's measure is a milder one
 */
public record BenchmarkItem(
    String id,
    Medium medium,
    Cue cue,
    String answer,
    List<Reference> references,
    List<Candidate> candidates,
    boolean exact) {

  /** Copies the lists. */
  public BenchmarkItem {
    references = List.copyOf(references);
    candidates = List.copyOf(candidates);
  }

  /** Returns a question that the model answers in its own words. */
  public static BenchmarkItem question(
      String id, Medium medium, String question, String answer, List<Reference> references) {
    return new BenchmarkItem(
        id, medium, Cue.question(question), answer, references, List.of(), false);
  }

  /** Returns a picture or video to be described; an example takes the first description. */
  public static BenchmarkItem caption(String id, Medium medium, List<String> captions) {
    List<Reference> references = Prediction.of("", captions).references();
    return new BenchmarkItem(
        id, medium, Cue.CAPTION, captions.get(0), references, List.of(), false);
  }

  /** Returns a question whose candidates are ranked; an example takes the truest. */
  public static BenchmarkItem choice(
      String id, Medium medium, Cue cue, List<Candidate> candidates) {
    Candidate best = candidates.get(0);
    for (Candidate candidate : candidates) {
      best = candidate.truth() > best.truth() ? candidate : best;
    }
    return new BenchmarkItem(id, medium, cue, best.text(), List.of(), candidates, false);
  }

  /** Returns the same item of which only the very answer counts. */
  public BenchmarkItem exactly() {
    return new BenchmarkItem(id, medium, cue, answer, references, candidates, true);
  }
}
