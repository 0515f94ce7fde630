package dev.flamingo.training.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.model.bundle.Bundle;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A row of the ablation tables, trained for a step and asked for real. */
final class AblationTest {

  @Test
  void aRowIsTrainedAndAskedOnceAndStandsInTheTable(@TempDir Path folder) throws Exception {
    Bundle street = Bundle.open(Path.of("../model/bundles/street"));
    Ablation ablation =
        new Ablation(
            new AblationPlan(street, 3, 1, 4, 40, 1),
            new PrintStream(OutputStream.nullOutputStream()));
    List<AblationRow> rows =
        AblationRows.all().stream().filter(row -> row.id().equals("all-media")).toList();

    List<AblationResult> results = ablation.run(folder, rows);

    assertThat(results).extracting(AblationResult::id).containsExactly("all-media");
    assertThat(results).allSatisfy(result -> assertThat(result.scores().loss()).isPositive());
    assertThat(Files.readString(folder.resolve("table.md")))
        .contains("| 10 | all previous media |");
    Path result = folder.resolve("rows/all-media/result.json");
    FileTime written = Files.getLastModifiedTime(result);
    assertThat(ablation.run(folder, rows)).isEqualTo(results);
    assertThat(Files.getLastModifiedTime(result)).isEqualTo(written);
  }
}
