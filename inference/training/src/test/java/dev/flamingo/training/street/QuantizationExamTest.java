package dev.flamingo.training.street;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.onnx.Quantization;
import dev.flamingo.model.serving.EngineOptions;
import dev.flamingo.model.serving.FlamingoEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuantizationExamTest {

  private static final int CLIPS = 10;

  @Test
  void bothSidesAreAskedTheSameAndTheLossIsWhatLiesBetween(@TempDir Path folder)
      throws IOException {
    Bundle street = Bundle.open(Path.of("../model/bundles/street"));
    EngineOptions options = EngineOptions.cachedIn(folder).withThreads(1);
    EngineOptions blocks = options.withQuantization(Quantization.BLOCKS8);
    List<Integer> done = new ArrayList<>();
    QuantizationScores scores;
    try (FlamingoEngine plain = FlamingoEngine.open(street, options);
        FlamingoEngine quantized = FlamingoEngine.open(street, blocks)) {
      scores = new QuantizationExam(plain, quantized).run(3, CLIPS, List.of(), done::add);
    }

    assertThat(done).hasSize(2 * CLIPS).isSorted().endsWith(2 * CLIPS);
    double before = scores.fp32().overall();
    double after = scores.quantized().overall();
    assertThat(scores.lossPoints()).isEqualTo((before - after) * 100, within(1e-9));
    // Sixty questions: rounding steps may turn a few that stand on the edge.
    assertThat(after).isCloseTo(before, within(0.1));
    assertThat(scores.fp32().families()).containsOnlyKeys(scores.quantized().families().keySet());
    assertThat(scores.fp32().weights()).isEqualTo("none");
    assertThat(scores.quantized().weights()).isEqualTo("blocks8");
    // Seventy answers: with its weights as they are, whoever shares a batch changes none.
    assertThat(scores.changedByBatch().fp32()).isZero();
    assertThat(scores.changedByBatch().quantized()).isLessThan(0.05);
    QuantizationScores.Speed speed = scores.tokensPerSecond();
    assertThat(speed.fp32()).isPositive();
    assertThat(speed.ratio()).isEqualTo(speed.quantized() / speed.fp32(), within(1e-9));
  }
}
