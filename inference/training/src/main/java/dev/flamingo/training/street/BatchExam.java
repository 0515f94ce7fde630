package dev.flamingo.training.street;

import dev.flamingo.model.serving.AnswerRequest;
import dev.flamingo.model.serving.FlamingoEngine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Asks alone and in batches, and counts what was answered in other words. */
final class BatchExam {

  /** As many as the stream job answers at a time. */
  private static final int BATCH = 16;

  private final List<AnswerRequest> requests;

  /**
   * Prepares to ask.
   *
   * @param seed who shares a batch
   */
  BatchExam(List<AnswerRequest> requests, long seed) {
    this.requests = new ArrayList<>(requests);
    Collections.shuffle(this.requests, new Random(seed));
  }

  /** Returns the share of answers that change with what shares their batch. */
  double changed(FlamingoEngine engine) {
    int changed = 0;
    for (int from = 0; from < requests.size(); from += BATCH) {
      List<AnswerRequest> batch = requests.subList(from, Math.min(requests.size(), from + BATCH));
      List<String> together = texts(engine, batch);
      for (int i = 0; i < batch.size(); i++) {
        List<String> alone = texts(engine, batch.subList(i, i + 1));
        changed += alone.get(0).equals(together.get(i)) ? 0 : 1;
      }
    }
    return requests.isEmpty() ? 0 : (double) changed / requests.size();
  }

  private static List<String> texts(FlamingoEngine engine, List<AnswerRequest> batch) {
    return engine.generator().generate(batch).stream().map(answer -> answer.text()).toList();
  }
}
