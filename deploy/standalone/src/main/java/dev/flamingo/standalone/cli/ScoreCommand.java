package dev.flamingo.standalone.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flamingo.training.metric.PtbTokenizer;
import dev.flamingo.training.metric.Score;
import dev.flamingo.training.metric.ScoreFile;
import dev.flamingo.training.metric.ScoreMetric;
import dev.flamingo.training.metric.WordTokenizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "score",
    description = "Scores predictions that were made elsewhere.",
    mixinStandardHelpOptions = true)
final class ScoreCommand implements Callable<Integer> {

  /** How captions are taken apart. */
  enum Tokens {
    ptb,
    words
  }

  @Spec private CommandSpec spec;

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      required = true,
      converter = MetricConverter.class,
      description =
          "cider, cider-d, vqa, vqa-official, exact, ivqa, wups, wups-0.9, multiple-choice, auc,"
              + " ndcg or mwap")
  private ScoreMetric metric;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      required = true,
      description =
          "a line of JSON for each: {\"id\":..,\"prediction\":\"..\",\"references\":[\"..\"]}")
  private Path input;

  @Option(
      names = "--tokens",
      paramLabel = "KIND",
      defaultValue = "ptb",
      description =
          "how CIDEr takes captions apart: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
  private Tokens tokens;

  @Option(names = "--json", description = "print the score as JSON")
  private boolean json;

  static final class MetricConverter implements ITypeConverter<ScoreMetric> {
    @Override
    public ScoreMetric convert(String label) {
      try {
        return ScoreMetric.of(label);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  @Override
  public Integer call() throws IOException {
    Score score =
        new ScoreFile(input, tokens == Tokens.ptb ? new PtbTokenizer() : new WordTokenizer())
            .score(metric);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(score));
    } else {
      String form = metric.inPercent() ? "%-22s %.2f%n" : "%-22s %.6f%n";
      out.printf(Locale.ROOT, form, score.metric(), score.score());
      out.printf(Locale.ROOT, "%-22s %d%n", "predictions", score.predictions());
      if (score.repeatedIds() > 0) {
        out.printf(Locale.ROOT, "%-22s %d%n", "of a repeated id", score.repeatedIds());
      }
    }
    return 0;
  }
}
