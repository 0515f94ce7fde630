package dev.flamingo.training.ablation;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flamingo.training.street.AblationScores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The results beside the paper's, as Markdown and as JSON. */
final class AblationTable {

  private final AblationPlan plan;

  AblationTable(AblationPlan plan) {
    this.plan = plan;
  }

  void write(List<AblationResult> results, Path folder) throws IOException {
    Files.writeString(folder.resolve("table.md"), markdown(results));
    new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValue(folder.resolve("table.json").toFile(), results);
  }

  private String markdown(List<AblationResult> results) {
    Map<String, AblationRow> rows =
        AblationRows.all().stream().collect(Collectors.toMap(AblationRow::id, Function.identity()));
    Optional<AblationResult> baseline =
        results.stream().filter(result -> result.id().equals(AblationRow.BASELINE)).findFirst();
    StringBuilder table =
        new StringBuilder(
            """
            Seed %d, %d steps a row from %s, %d visual tokens, %d examples a corpus, %d asked. Overall is the mean over the baseline's scores in percent, loss the nats a token of what would be right to say.

            | table | change | parameters | step, s | frames captioned | frames asked | words | clips captioned | overall | loss | paper: parameters | step, s | overall | sign | sign by loss |
            |---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
            """
                .formatted(
                    plan.seed(),
                    plan.steps(),
                    plan.bundle().id(),
                    plan.latents(),
                    plan.examples(),
                    plan.asked()));
    for (AblationResult result : results) {
      AblationRow row = rows.get(result.id());
      if (row != null) {
        table.append(line(row, result, baseline.orElse(result)));
      }
    }
    return table.toString();
  }

  private static String line(AblationRow row, AblationResult result, AblationResult baseline) {
    AblationScores scores = result.scores();
    double overall = scores.over(baseline.scores());
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.2fM | %.2f | %.2f | %.3f | %.3f | %.2f | %.1f | %.3f | %.1fB | %.2f | %.1f | %s | %s |%n",
        row.table(),
        row.change(),
        result.parameters() / 1e6,
        result.seconds(),
        scores.pictureCaptions(),
        scores.pictureAnswers(),
        scores.words(),
        scores.clipCaptions(),
        overall,
        scores.loss(),
        row.parameters(),
        row.step(),
        row.overall(),
        sign(row, overall < 100),
        sign(row, scores.loss() > baseline.scores().loss()));
  }

  // Every change of the paper's made its model worse.
  private static String sign(AblationRow row, boolean worse) {
    if (row.id().equals(AblationRow.BASELINE)) {
      return "";
    }
    return worse ? "agrees" : "differs";
  }
}
