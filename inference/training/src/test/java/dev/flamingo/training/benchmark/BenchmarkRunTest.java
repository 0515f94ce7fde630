package dev.flamingo.training.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.flamingo.model.serving.Cue;
import dev.flamingo.training.frame.Medium;
import dev.flamingo.training.metric.Prediction;
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
    public ModelOutput<String> answer(Asked asked) throws UnaskedException {
      heard.add(asked);
      if (choosy && asked.item().id().equals("1")) {
        throw new UnaskedException("there is no file");
      }
      return new ModelOutput<>(asked.item().answer(), asked.shots().size());
    }

    @Override
    public ModelOutput<List<Double>> rank(Asked asked) {
      heard.add(asked);
      return new ModelOutput<>(
          asked.item().candidates().stream().map(Candidate::truth).toList(), asked.shots().size());
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

  private static BenchmarkResult run(
      BenchmarkModel model,
      Benchmark benchmark,
      List<BenchmarkItem> items,
      List<BenchmarkItem> support,
      BenchmarkProtocol protocol)
      throws IOException, InterruptedException {
    ShotChoice choice = new RandomShots(support, protocol.seed());
    return new BenchmarkRun(model, choice, protocol).run(benchmark, items, done -> {});
  }

  @Test
  void examplesDependOnTheSeedAlone() throws Exception {
    Oracle first = new Oracle(false);
    Oracle again = new Oracle(false);
    Oracle other = new Oracle(false);
    run(first, Benchmark.MSVD_QA, items(3), items(50), BenchmarkProtocol.of(4, 1));
    run(again, Benchmark.MSVD_QA, items(3), items(50), BenchmarkProtocol.of(4, 1));
    run(other, Benchmark.MSVD_QA, items(3), items(50), BenchmarkProtocol.of(4, 2));
    assertThat(first.heard).isEqualTo(again.heard).isNotEqualTo(other.heard);
    assertThat(first.heard)
        .allSatisfy(asked -> assertThat(asked.shots()).hasSize(4).doesNotHaveDuplicates())
        .allSatisfy(asked -> assertThat(asked.seen()).isTrue());
  }

  @Test
  void zeroShotsAreTwoOfTextAloneWhereTheModelSpeaksForItself() throws Exception {
    Oracle oracle = new Oracle(false);
    BenchmarkResult result =
        run(oracle, Benchmark.MSVD_QA, items(1), items(9), BenchmarkProtocol.of(0, 1));
    assertThat(oracle.heard.get(0).shots()).hasSize(2);
    assertThat(oracle.heard.get(0).seen()).isFalse();
    assertThat(result.shown()).isEqualTo(2);
  }

  @Test
  void whatCannotBeAskedDoesNotCount() throws Exception {
    BenchmarkProtocol protocol = BenchmarkProtocol.of(0, 1);
    assertThat(run(new Oracle(true), Benchmark.MSVD_QA, items(4), List.of(), protocol))
        .isEqualTo(
            new BenchmarkResult(
                "msvdqa", "exact", 100, 0, false, 1, 1, 3, 1, "there is no file", 0));
    List<BenchmarkItem> bad = items(2).subList(1, 2);
    assertThatThrownBy(() -> run(new Oracle(true), Benchmark.MSVD_QA, bad, List.of(), protocol))
        .hasMessage("none of 1 items can be asked: there is no file");
  }

  @Test
  void protocolsThatCannotBeAreNamed() {
    assertThatThrownBy(() -> BenchmarkProtocol.of(-1, 1)).hasMessageStartingWith("shots -1 is not");
    assertThatThrownBy(() -> new BenchmarkProtocol(0, true, 1, 1, 1, 1))
        .hasMessageStartingWith("0 shots cannot be chosen by likeness");
    assertThatThrownBy(() -> new BenchmarkProtocol(4, true, 1, 1, 3, 1))
        .hasMessageStartingWith("4 shots cannot be chosen from 3 examples");
  }

  @Test
  void aSupportMayBeAPartOfTheExamples(@TempDir Path folder) throws IOException {
    TinyBenchmark tiny =
        new TinyBenchmark(folder)
            .file("test_qa.json", "[{'id':0,'question':'what?','answer':'bun','video_id':1}]")
            .file(
                "train_qa.json",
                "[{'id':1,'question':'a?','answer':'a','video_id':1},"
                    + "{'id':2,'question':'b?','answer':'b','video_id':1},"
                    + "{'id':3,'question':'c?','answer':'c','video_id':1}]");
    BenchmarkProtocol protocol = new BenchmarkProtocol(0, false, 1, 9, 2, 1);
    assertThat(BenchmarkQuestions.read(Benchmark.MSVD_QA, tiny.folder(), protocol).support())
        .hasSize(2)
        .doesNotHaveDuplicates();
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
    return run(
            new Oracle(false),
            Benchmark.NEXTQA,
            List.of(item),
            List.of(),
            BenchmarkProtocol.of(0, 1))
        .score();
  }

  @Test
  void anOracleRanksPerfectlyByEveryMeasure() throws Exception {
    Medium medium = Medium.of(Path.of("a.jpg"));
    Medium second = Medium.of(Path.of("b.jpg"));
    Cue cue = Cue.question("q");
    for (Benchmark benchmark :
        List.of(Benchmark.STAR, Benchmark.VISDIAL, Benchmark.HATEFUL_MEMES, Benchmark.RAREACT)) {
      List<BenchmarkItem> items =
          List.of(
              BenchmarkItem.choice(
                  "1", medium, cue, List.of(new Candidate("yes", 1), new Candidate("no", 0))),
              BenchmarkItem.choice(
                  "2", second, cue, List.of(new Candidate("yes", 0), new Candidate("no", 1))));
      BenchmarkResult result =
          run(new Oracle(false), benchmark, items, List.of(), BenchmarkProtocol.of(0, 1));
      assertThat(result.score()).as(benchmark.label()).isCloseTo(100, within(1e-9));
    }
  }

  @Test
  void examplesWithoutTheirMediaAreNone(@TempDir Path folder) throws IOException {
    TinyBenchmark tiny =
        new TinyBenchmark(folder)
            .file("test_seen.jsonl", "{'id':1,'img':'a.png','label':0,'text':'x'}")
            .file("train.jsonl", "{'id':2,'img':'b.png','label':1,'text':'y'}");
    assertThatThrownBy(
            () ->
                BenchmarkQuestions.read(
                    Benchmark.HATEFUL_MEMES, tiny.folder(), BenchmarkProtocol.of(1, 1)))
        .hasMessageStartingWith("hatefulmemes has 0 examples with their media and not 1");
  }
}
