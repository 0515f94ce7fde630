package dev.flamingo.training.familiarity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.serving.EngineOptions;
import dev.flamingo.model.serving.FlamingoEngine;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FamiliarityExamTest {

  private static final Path BUNDLE = Path.of("../model/bundles/street");

  @Test
  void theShippedModelKnowsTheStreetFromOtherThings(@TempDir Path folder)
      throws IOException, InterruptedException {
    try (FlamingoEngine engine =
        FlamingoEngine.open(Bundle.open(BUNDLE), EngineOptions.cachedIn(folder))) {
      FamiliarityScores scores = new FamiliarityExam(engine).run(5, 60, null, done -> {});

      assertThat(scores.street().flagged()).isZero();
      assertThat(scores.like()).allMatch(like -> like.flagged() <= .02 * like.of());
      assertThat(scores.unfamiliar()).hasSize(59).allMatch(FamiliarityScores.Clip::flagged);
      assertThat(scores.questions().flagged()).isZero();
      assertThat(scores.passed()).isEmpty();
    }
  }
}
