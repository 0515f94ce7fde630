package dev.flamingo.training.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.serving.EngineOptions;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.training.metric.Prediction;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkRunTest {

  /** Says what is right, of items with an odd number that they cannot be asked. */
  private static final class Oracle implements BenchmarkModel {

    private final List<Asked> heard = new ArrayList<>();
    private final boolean choosy;

    Oracle(boolean choosy) {
      this.choosy = choosy;
    }

    @Override
    public String answer(Asked asked) throws UnaskedException {
      heard.add(asked);
      if (choosy && asked.item().id().equals("1")) {
        throw new UnaskedException("there is no file");
      }
      return asked.item().answer();
    }

    @Override
    public List<Double> rank(Asked asked) {
      heard.add(asked);
      return asked.item().candidates().stream().map(Candidate::truth).toList();
    }
  }

  private static List<BenchmarkItem> items(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                BenchmarkItem.question(
                    Integer.toString(i),
                    Medium.of(Path.of(i + ".jpg")),
                    "what is number " + i + "?",
                    "number " + i,
                    Prediction.of("", List.of("number " + i)).references()))
        .toList();
  }

  @Test
  void examplesDependOnTheSeedAlone() throws Exception {
    BenchmarkQuestions questions = new BenchmarkQuestions(items(3), items(50));
    Oracle first = new Oracle(false);
    Oracle again = new Oracle(false);
    Oracle other = new Oracle(false);
    new BenchmarkRun(first, 4, 1).run(Benchmark.MSVD_QA, questions, done -> {});
    new BenchmarkRun(again, 4, 1).run(Benchmark.MSVD_QA, questions, done -> {});
    new BenchmarkRun(other, 4, 2).run(Benchmark.MSVD_QA, questions, done -> {});
    assertThat(first.heard).isEqualTo(again.heard).isNotEqualTo(other.heard);
    assertThat(first.heard)
        .allSatisfy(asked -> assertThat(asked.shots()).hasSize(4).doesNotHaveDuplicates())
        .allSatisfy(asked -> assertThat(asked.seen()).isTrue());
  }

  @Test
  void zeroShotsAreTwoOfTextAloneWhereTheModelSpeaksForItself() throws Exception {
    Oracle oracle = new Oracle(false);
    new BenchmarkRun(oracle, 0, 1)
        .run(Benchmark.MSVD_QA, new BenchmarkQuestions(items(1), items(9)), done -> {});
    assertThat(oracle.heard.get(0).shots()).hasSize(2);
    assertThat(oracle.heard.get(0).seen()).isFalse();
  }

  @Test
  void whatCannotBeAskedDoesNotCount() throws Exception {
    BenchmarkResult result =
        new BenchmarkRun(new Oracle(true), 0, 1)
            .run(Benchmark.MSVD_QA, new BenchmarkQuestions(items(4), List.of()), done -> {});
    assertThat(result).isEqualTo(new BenchmarkResult("msvdqa", "exact", 100, 0, 3, 1, 1));
    assertThatThrownBy(
            () ->
                new BenchmarkRun(new Oracle(true), 0, 1)
                    .run(
                        Benchmark.MSVD_QA,
                        new BenchmarkQuestions(items(2).subList(1, 2), List.of()),
                        done -> {}))
        .hasMessage("none of 1 items can be asked: there is no file");
  }

  @Test
  void wordsThatAreAlikeDoNotCountWhereOnlyTheVeryAnswerDoes() throws Exception {
    BenchmarkItem dog =
        BenchmarkItem.question(
            "1",
            Medium.of(Path.of("a.mp4")),
            "what?",
            "dog",
            Prediction.of("", List.of("cat")).references());
    assertThat(nextQa(dog)).isCloseTo(85.714, within(0.001));
    assertThat(nextQa(dog.exactly())).isZero();
  }

  private static double nextQa(BenchmarkItem item) throws Exception {
    return new BenchmarkRun(new Oracle(false), 0, 1)
        .run(Benchmark.NEXTQA, new BenchmarkQuestions(List.of(item), List.of()), done -> {})
        .score();
  }

  @Test
  void anOracleRanksPerfectlyByEveryMeasure() throws Exception {
    Medium medium = Medium.of(Path.of("a.jpg"));
    Medium second = Medium.of(Path.of("b.jpg"));
    for (Benchmark benchmark :
        List.of(Benchmark.STAR, Benchmark.VISDIAL, Benchmark.HATEFUL_MEMES, Benchmark.RAREACT)) {
      List<BenchmarkItem> items =
          List.of(
              BenchmarkItem.choice(
                  "1", medium, "q", List.of(new Candidate("yes", 1), new Candidate("no", 0))),
              BenchmarkItem.choice(
                  "2", second, "q", List.of(new Candidate("yes", 0), new Candidate("no", 1))));
      BenchmarkResult result =
          new BenchmarkRun(new Oracle(false), 0, 1)
              .run(benchmark, new BenchmarkQuestions(items, List.of()), done -> {});
      assertThat(result.score()).as(benchmark.label()).isCloseTo(100, within(1e-9));
    }
  }

  @Test
  void examplesWithoutTheirMediaAreNone(@TempDir Path folder) throws IOException {
    TinyBenchmark tiny =
        new TinyBenchmark(folder)
            .file("test_seen.jsonl", "{'id':1,'img':'a.png','label':0,'text':'x'}")
            .file("train.jsonl", "{'id':2,'img':'b.png','label':1,'text':'y'}");
    assertThatThrownBy(() -> BenchmarkQuestions.read(Benchmark.HATEFUL_MEMES, tiny.folder(), 1, 9))
        .hasMessageStartingWith("hatefulmemes has 0 examples with their media and not 1");
  }

  @Test
  void theShippedModelIsAsked(@TempDir Path folder) throws Exception {
    String row =
        "{'images':[{'filename':'a.jpg','split':'test','sentences':[{'raw':'a red bus'}]},"
            + "{'filename':'b.png','split':'test','sentences':[{'raw':'a blue car'}]},"
            + "{'filename':'gone.jpg','split':'test','sentences':[{'raw':'a dog'}]},"
            + "{'filename':'c.jpg','split':'train','sentences':[{'raw':'a green car'}]}]}";
    TinyBenchmark tiny =
        new TinyBenchmark(folder)
            .file("dataset_flickr30k.json", row)
            .picture("flickr30k-images/a.jpg", Color.RED)
            .picture("flickr30k-images/b.png", Color.BLUE)
            .picture("flickr30k-images/c.jpg", Color.GREEN)
            .file(
                "test_seen.jsonl",
                "{'id':1,'img':'flickr30k-images/a.jpg','label':0,'text':'x'}\n{'id':2,'img':'flickr30k-images/b.png','label':1,'text':'y'}");
    Path street = Path.of("../model/bundles/street");
    try (FlamingoEngine engine =
            FlamingoEngine.open(
                Bundle.open(street), EngineOptions.cachedIn(folder.resolve("graphs")));
        EngineModel model = new EngineModel(engine, 8)) {
      BenchmarkResult captions =
          new BenchmarkRun(model, 1, 1)
              .run(
                  Benchmark.FLICKR30K,
                  BenchmarkQuestions.read(Benchmark.FLICKR30K, tiny.folder(), 1, 9),
                  done -> {});
      assertThat(captions.items()).isEqualTo(2);
      assertThat(captions.unasked()).isEqualTo(1);
      assertThat(captions.score()).isBetween(0.0, 1000.0);
      BenchmarkResult memes =
          new BenchmarkRun(model, 0, 1)
              .run(
                  Benchmark.HATEFUL_MEMES,
                  BenchmarkQuestions.read(Benchmark.HATEFUL_MEMES, tiny.folder(), 0, 9),
                  done -> {});
      assertThat(memes.score()).isIn(0.0, 50.0, 100.0);
    }
  }
}
