package dev.flamingo.training.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures that others published for data that others published. */
class PublicFiguresTest {

  private final Path folder =
      Path.of(System.getProperty("flamingo.shared", "../shared")).resolve("fixtures/metrics");
  private final ObjectMapper json = new ObjectMapper();

  @BeforeEach
  void otherPeoplesDataIsThere() {
    assumeTrue(Files.isDirectory(folder), "other people's metric data is not at " + folder);
  }

  private static double mean(TextMetric metric, List<Prediction> predictions) {
    return Arrays.stream(metric.scores(predictions)).average().orElseThrow();
  }

  private List<Prediction> sentences() throws IOException {
    List<String> predicted = Files.readAllLines(folder.resolve("nlgeval_hyp.txt"));
    List<String> first = Files.readAllLines(folder.resolve("nlgeval_ref1.txt"));
    List<String> second = Files.readAllLines(folder.resolve("nlgeval_ref2.txt"));
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      predictions.add(Prediction.of(predicted.get(i), List.of(first.get(i), second.get(i))));
    }
    return predictions;
  }

  private List<Prediction> scenes(Function<String, String> form) throws IOException {
    Map<String, List<String>> references = new HashMap<>();
    for (JsonNode one : json.readTree(folder.resolve("abstract48S.json").toFile())) {
      references
          .computeIfAbsent(one.get("image_id").asText(), id -> new ArrayList<>())
          .add(form.apply(one.get("caption").asText()));
    }
    List<Prediction> predictions = new ArrayList<>();
    for (JsonNode one : json.readTree(folder.resolve("abstract_candsB.json").toFile())) {
      predictions.add(
          Prediction.of(
              form.apply(one.get("caption").asText()),
              references.getOrDefault(one.get("image_id").asText(), List.of())));
    }
    return predictions;
  }

  @Test
  void ciderDOfTheSentencesIsThePublishedOne() throws IOException {
    double[] scores = new Cider(Cider.Variant.D, new PtbTokenizer()).scores(sentences());
    assertThat(scores)
        .containsExactly(new double[] {0.5171467420759928, 1.9672371692357238}, within(1e-12));
    assertThat(Arrays.stream(scores).average().orElseThrow())
        .isCloseTo(1.2421919556558583, within(1e-12));
  }

  @Test
  void plainCiderOfTheSentencesIsThePublishedOne() throws IOException {
    assertThat(mean(new Cider(Cider.Variant.PLAIN, new PtbTokenizer()), sentences()))
        .isCloseTo(1.3892390437, within(1e-10));
  }

  @Test
  void ciderDOfTheScenesIsThePublishedOne() throws IOException {
    double[] scores =
        new Cider(Cider.Variant.D, new WordTokenizer()).scores(scenes(Function.identity()));
    assertThat(scores)
        .hasSize(400)
        .startsWith(new double[] {0.13673516, 1.4382068, 0.05062702}, within(5e-8));
    assertThat(Arrays.stream(scores).average().orElseThrow())
        .isCloseTo(0.6555646015, within(1e-10));
  }

  @Test
  void wordsThatAreAlreadyApartStayWhatTheyAre() throws IOException {
    WordTokenizer words = new WordTokenizer();
    List<Prediction> apart = scenes(caption -> String.join(" ", words.tokens(caption)));
    assertThat(mean(new Cider(Cider.Variant.D, new PtbTokenizer()), apart))
        .isCloseTo(0.6555646015, within(1e-10));
  }

  @ParameterizedTest
  @CsvSource({
    "first, 87.15",
    "majority, 98.39",
    "unanswerable, 5.35",
    "yes, 5.46",
    "The two., 0.65"
  })
  void vqaAccuracyIsThePublishedOne(String predictor, double published) throws IOException {
    List<Prediction> predictions = new ArrayList<>();
    for (JsonNode question :
        json.readTree(folder.resolve("textvqa_val_ann.json").toFile()).get("annotations")) {
      List<String> answers = question.get("answers").findValuesAsText("answer");
      String predicted =
          switch (predictor) {
            case "first" -> answers.get(0);
            case "majority" -> majority(answers);
            default -> predictor;
          };
      predictions.add(Prediction.of(predicted, answers));
    }
    assertThat(100 * mean(new VqaAccuracy(), predictions)).isCloseTo(published, within(0.005));
  }

  private static String majority(List<String> answers) {
    Map<String, Integer> counts = new TreeMap<>();
    answers.forEach(answer -> counts.merge(answer, 1, Integer::sum));
    int most = counts.values().stream().mapToInt(count -> count).max().orElseThrow();
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() == most)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }
}
