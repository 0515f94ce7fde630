package dev.flamingo.training.metric;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Predictions that were made elsewhere: a line of JSON for each, {@code
 * {"id":..,"prediction":..,"references":[..]}}.
 *
 * <p>References are texts, each from another person, or objects with an {@code answer}, of which
 * those that are equal in all fields are one. {@code auc} takes a score and one label, 0 or 1;
 * {@code ndcg} a list of scores and a list of relevances; {@code mwap} a score and one of RareAct's
 * labels 0 to 4, and beside them {@code action} and {@code video}.
 */
public final class ScoreFile {

  private static final String BYTE_ORDER_MARK = "\ufeff";

  private final ObjectReader json =
      new ObjectMapper()
          .readerFor(JsonNode.class)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private final Path file;
  private final CaptionTokenizer tokenizer;

  /**
   * Prepares to read a file.
   *
   * @param tokenizer takes captions apart
   */
  public ScoreFile(Path file, CaptionTokenizer tokenizer) {
    this.file = file;
    this.tokenizer = tokenizer;
  }

  /**
   * Measures its predictions.
   *
   * @throws IOException if it cannot be read, or a line is not as it should be
   * @throws IllegalArgumentException if the predictions are such that the measure is not defined
   */
  public Score score(ScoreMetric metric) throws IOException {
    List<ScoreLine> lines = lines();
    double value = value(metric, lines);
    long ids = lines.stream().map(ScoreLine::id).distinct().count();
    return new Score(
        metric.label(),
        metric.inPercent() ? Math.rint(value * 10_000) / 100 : value,
        lines.size(),
        (int) (lines.size() - ids));
  }

  private double value(ScoreMetric metric, List<ScoreLine> lines) throws IOException {
    Optional<TextMetric> texts = metric.ofTexts(tokenizer);
    if (texts.isPresent()) {
      return mean(texts.get(), lines);
    }
    return switch (metric) {
      case AUC -> auc(lines);
      case NDCG -> ndcg(lines);
      case MWAP -> mwap(lines);
      default -> throw new IllegalStateException("nothing measures " + metric.label());
    };
  }

  private static double mean(TextMetric metric, List<ScoreLine> lines) throws IOException {
    List<Prediction> predictions = new ArrayList<>();
    for (ScoreLine line : lines) {
      predictions.add(line.text());
    }
    return Arrays.stream(metric.scores(predictions)).average().orElse(0);
  }

  private static double auc(List<ScoreLine> lines) throws IOException {
    List<Judged> judged = new ArrayList<>();
    for (ScoreLine line : lines) {
      judged.add(line.judged());
    }
    return new RocAuc().of(judged);
  }

  private static double ndcg(List<ScoreLine> lines) throws IOException {
    Ndcg ndcg = new Ndcg();
    double sum = 0;
    for (ScoreLine line : lines) {
      List<Double> scores = line.scores();
      List<Double> relevance = line.relevance();
      if (scores.size() != relevance.size()) {
        throw line.wrong(
            "has %d scores for %d candidates: give one for each"
                .formatted(scores.size(), relevance.size()));
      }
      sum += ndcg.of(scores, relevance);
    }
    return sum / lines.size();
  }

  private static double mwap(List<ScoreLine> lines) throws IOException {
    List<MeanWeightedPrecision.Clip> clips = new ArrayList<>();
    for (ScoreLine line : lines) {
      clips.add(line.clip());
    }
    return new MeanWeightedPrecision().of(clips);
  }

  private List<ScoreLine> lines() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no file %s: name one with predictions".formatted(file));
    }
    List<ScoreLine> lines = new ArrayList<>();
    int number = 0;
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        number++;
        String line = number == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        if (!line.isBlank()) {
          lines.add(line(number, line));
        }
      }
    } catch (CharacterCodingException e) {
      throw new IOException(
          "after line %d %s is not UTF-8: write it in UTF-8".formatted(number, file), e);
    }
    if (lines.isEmpty()) {
      throw new IOException("%s has no predictions: write one a line".formatted(file));
    }
    return lines;
  }

  private ScoreLine line(int number, String text) throws IOException {
    try {
      ScoreLine line = new ScoreLine(number, json.readTree(text));
      line.check();
      return line;
    } catch (JsonProcessingException e) {
      throw new IOException("line %d is not JSON: write one object a line".formatted(number), e);
    }
  }
}
