package dev.flamingo.training.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.serving.AnswerRequest;
import dev.flamingo.model.serving.BeamOptions;
import dev.flamingo.model.serving.Cue;
import dev.flamingo.model.serving.EngineOptions;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.model.serving.MediaPrompt;
import dev.flamingo.model.serving.Shot;
import dev.flamingo.training.frame.Medium;
import dev.flamingo.training.metric.Prediction;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineModelTest {

  private static final int ANSWER = 8;
  private static final List<Candidate> COLOURS =
      List.of(new Candidate("red", 1), new Candidate("dark blue", 0), new Candidate("yes", 0));

  private final Path folder;
  private final FlamingoEngine engine;
  private final EncodedMedia media;
  private final BenchmarkItem item;
  private final List<BenchmarkItem> examples;

  EngineModelTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    Path street = Path.of("../model/bundles/street");
    engine =
        FlamingoEngine.open(Bundle.open(street), EngineOptions.cachedIn(folder.resolve("graphs")));
    media = new EncodedMedia(engine);
    item = question("red.png", "what colour is the bus?", "red");
    examples =
        List.of(
            question("darkred.jpg", "what colour is the car?", "red"),
            question("blue.jpg", "what colour is the van?", "blue"),
            question("gone.jpg", "what colour is the sky?", "blue"),
            question("green.jpg", "what colour is the tree?", "green"));
  }

  @BeforeAll
  void draw() throws IOException {
    new TinyBenchmark(folder)
        .picture("red.png", Color.RED)
        .picture("darkred.jpg", new Color(200, 0, 0))
        .picture("blue.jpg", Color.BLUE)
        .picture("green.jpg", Color.GREEN)
        .raw("broken.jpg", "no picture");
  }

  @AfterAll
  void close() {
    engine.close();
  }

  private BenchmarkItem question(String file, String question, String answer) {
    return BenchmarkItem.question(
        file,
        Medium.of(folder.resolve(file)),
        question,
        answer,
        Prediction.of("", List.of(answer)).references());
  }

  private EngineModel model(BenchmarkProtocol protocol) {
    return new EngineModel(engine, media, ANSWER, protocol);
  }

  private Shot shot(BenchmarkItem example) throws Exception {
    return new Shot(media.tokens(example.medium()), example.cue(), example.answer());
  }

  private String search(List<Shot> shots) throws Exception {
    MediaPrompt prompt = engine.prompts().inContext(shots, item.cue(), media.tokens(item.medium()));
    return engine
        .beamSearch()
        .search(List.of(AnswerRequest.of(prompt, ANSWER)), new BeamOptions(3, 0))
        .get(0)
        .text();
  }

  @Test
  void answersAreSearchedByABeamOfThree() throws Exception {
    EngineModel model = model(BenchmarkProtocol.of(2, 1));
    List<BenchmarkItem> two = examples.subList(0, 2);
    assertThat(model.answer(new Asked(two, /* seen= */ true, item)))
        .isEqualTo(new ModelOutput<>(search(List.of(shot(two.get(0)), shot(two.get(1)))), 2));
    assertThat(model.answer(new Asked(two, /* seen= */ false, item)))
        .isEqualTo(
            new ModelOutput<>(
                search(List.of(shot(two.get(0)).withoutMedium(), shot(two.get(1)).withoutMedium())),
                2));
  }

  @Test
  void candidatesAreRankedByTheirLikelihood() throws Exception {
    BenchmarkItem choice = BenchmarkItem.choice("1", item.medium(), item.cue(), COLOURS);
    MediaPrompt prompt =
        engine
            .prompts()
            .inContext(List.of(shot(examples.get(1))), item.cue(), media.tokens(item.medium()));
    double[] scores =
        engine
            .scorer()
            .score(
                prompt,
                COLOURS.stream()
                    .map(candidate -> engine.prompts().continuation(candidate.text()))
                    .toList());
    Asked asked = new Asked(examples.subList(1, 2), /* seen= */ true, choice);
    List<Double> ranked = model(BenchmarkProtocol.of(1, 1)).rank(asked).value();
    assertThat(ranked).containsExactly(scores[0], scores[1], scores[2]);
    assertThat(ranked).allSatisfy(score -> assertThat(score).isNegative());
    // One example has one order.
    assertThat(model(new BenchmarkProtocol(1, false, 6, 1, 1, 1)).rank(asked).value())
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-6 ? 0 : 1)
        .isEqualTo(ranked);
  }

  @Test
  void severalOrdersOfExamplesAreAveraged() throws Exception {
    BenchmarkItem choice = BenchmarkItem.choice("1", item.medium(), item.cue(), COLOURS);
    Asked asked = new Asked(examples.subList(0, 2), /* seen= */ true, choice);
    Asked turned = new Asked(List.of(examples.get(1), examples.get(0)), /* seen= */ true, choice);
    double one = model(BenchmarkProtocol.of(2, 1)).rank(asked).value().get(0);
    double other = model(BenchmarkProtocol.of(2, 1)).rank(turned).value().get(0);
    double mean = model(new BenchmarkProtocol(2, false, 24, 1, 2, 1)).rank(asked).value().get(0);
    assertThat(mean).isStrictlyBetween(Math.min(one, other), Math.max(one, other));
  }

  @Test
  void examplesThatCannotBeReadOrHaveNoRoomAreLeftOut() throws Exception {
    EngineModel model = model(BenchmarkProtocol.of(4, 1));
    assertThat(model.answer(new Asked(examples, /* seen= */ true, item)).shots()).isEqualTo(3);
    List<BenchmarkItem> many = IntStream.range(0, 64).mapToObj(i -> examples.get(i % 2)).toList();
    assertThat(model.answer(new Asked(many, /* seen= */ true, item)).shots()).isBetween(5, 40);
  }

  @Test
  void whatCannotBeAskedSaysWhy() {
    EngineModel model = model(BenchmarkProtocol.of(0, 1));
    BenchmarkItem gone = question("gone.jpg", "what is it?", "red");
    assertThatThrownBy(() -> model.answer(new Asked(List.of(), true, gone)))
        .isInstanceOf(UnaskedException.class)
        .hasMessageStartingWith("there is no ");
    BenchmarkItem broken = question("broken.jpg", "what is it?", "red");
    assertThatThrownBy(() -> model.answer(new Asked(List.of(), true, broken)))
        .isInstanceOf(UnaskedException.class)
        .hasMessageContaining("cannot be read");
    String long_ = IntStream.range(0, 300).mapToObj(i -> "bus").collect(Collectors.joining(" "));
    BenchmarkItem endless = question("red.png", long_, "red");
    assertThatThrownBy(() -> model.answer(new Asked(List.of(), true, endless)))
        .isInstanceOf(UnaskedException.class)
        .hasMessageContaining("take a model with a longer context");
  }

  @Test
  void theLikestExampleComesLast() throws Exception {
    List<BenchmarkItem> chosen = SimilarShots.of(media, examples, done -> {}).choose(item, 2);
    assertThat(chosen).hasSize(2);
    assertThat(chosen.get(1)).isEqualTo(examples.get(0));
    List<BenchmarkItem> gone = examples.subList(2, 3);
    assertThatThrownBy(() -> SimilarShots.of(media, gone, done -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("none of 1 examples can be read: there is no ");
  }

  @Test
  void aWholeBenchmarkIsAsked() throws Exception {
    TinyBenchmark tiny =
        new TinyBenchmark(folder)
            .file(
                "dataset_coco.json",
                "{'images':[{'filepath':'.','filename':'red.png','split':'test','sentences':"
                    + "[{'raw':'a red bus'}]},{'filepath':'.','filename':'blue.jpg','split':'test',"
                    + "'sentences':[{'raw':'a blue car'}]},{'filepath':'.','filename':'gone.jpg',"
                    + "'split':'test','sentences':[{'raw':'a dog'}]},{'filepath':'.','filename':"
                    + "'green.jpg','split':'train','sentences':[{'raw':'a green car'}]}]}");
    BenchmarkProtocol protocol = new BenchmarkProtocol(1, true, 1, 9, 9, 1);
    BenchmarkQuestions questions = BenchmarkQuestions.read(Benchmark.COCO, tiny.folder(), protocol);
    ShotChoice choice = SimilarShots.of(media, questions.support(), done -> {});
    BenchmarkResult captions =
        new BenchmarkRun(model(protocol), choice, protocol)
            .run(Benchmark.COCO, questions.items(), done -> {});
    assertThat(captions.items()).isEqualTo(2);
    assertThat(captions.unasked()).isEqualTo(1);
    assertThat(captions.why()).contains("gone.jpg");
    assertThat(captions.shown()).isEqualTo(1);
    assertThat(captions.score()).isBetween(0.0, 1000.0);
    assertThat(questions.support().get(0).cue()).isEqualTo(Cue.CAPTION);
  }
}
