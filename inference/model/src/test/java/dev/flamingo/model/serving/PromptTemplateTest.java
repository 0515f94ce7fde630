package dev.flamingo.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.flamingo.model.bundle.SpecialTokens;
import dev.flamingo.model.bundle.Tokenizer;
import dev.flamingo.model.bundle.WordLevelTokenizerJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptTemplateTest {

  private final Tokenizer tokenizer;
  private final PromptTemplate prompts;

  PromptTemplateTest(@TempDir Path directory) throws IOException {
    Path path = directory.resolve("tokenizer.json");
    List<String> words = List.of("question", ":", "answer", "output", "what", "?", "red", "image");
    Files.writeString(path, new WordLevelTokenizerJson(SpecialTokens.DEFAULT).write(words));
    tokenizer = Tokenizer.open(path, SpecialTokens.DEFAULT);
    prompts = new PromptTemplate(tokenizer, 24);
  }

  @AfterEach
  void close() {
    tokenizer.close();
  }

  @Test
  void aQuestionLooksAtOneMedium() {
    Prompt prompt = prompts.question("What?");
    assertThat(prompt).isEqualTo(prompt("<BOS><image>question: what? answer:"));
    assertThat(prompt.medium()).containsExactly(-1, 0, 0, 0, 0, 0, 0, 0);
    assertThat(prompt.media()).isEqualTo(1);
  }

  @Test
  void aShotBringsAMediumOfItsOwn() {
    Shot shot = new Shot(visual(1), Cue.question("what"), "red");
    MediaPrompt both = prompts.inContext(List.of(shot), Cue.question("what"), visual(2));
    assertThat(both.prompt())
        .isEqualTo(
            prompt("<BOS><image>question: what answer: red<EOC><image>question: what answer:"));
    assertThat(both.prompt().medium()).startsWith(-1, 0, 0).endsWith(0, 1, 1, 1, 1, 1, 1);
    assertThat(both.media()).containsExactly(visual(1), visual(2));
  }

  @Test
  void zeroShotsAreTwoShotsOfTextAlone() {
    Shot red = Shot.textOnly(Cue.CAPTION, "red");
    Shot what = new Shot(visual(1), Cue.CAPTION, "what").withoutMedium();
    MediaPrompt zero = prompts.inContext(List.of(red, what), Cue.CAPTION, visual(2));
    assertThat(zero.prompt())
        .isEqualTo(prompt("<BOS>output: red<EOC>output: what<EOC><image>output:"));
    assertThat(zero.prompt().medium()).containsExactly(-1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0);
    assertThat(zero.media()).containsExactly(visual(2));
  }

  @Test
  void aDialogueIsAboutOneMedium() {
    Cue cue = Cue.dialogue("red", List.of(new Cue.Turn("what", "red")), "what?");
    assertThat(prompts.inContext(List.of(), cue, visual(1)).prompt())
        .isEqualTo(prompt("<BOS><image>red question: what answer: red question: what? answer:"));
    assertThat(Cue.dialogue("", List.of(), "what?")).isEqualTo(Cue.question("what?"));
  }

  @Test
  void shotsCanSurroundNothingThatIsSeen() {
    Shot shot = new Shot(visual(1), new Cue("image of"), "red");
    assertThat(prompts.inContext(List.of(shot), new Cue("what"), null).prompt())
        .isEqualTo(prompt("<BOS><image>image of red<EOC>what"));
  }

  @Test
  void aShotCannotSmuggleInAMedium() {
    Shot shot = Shot.textOnly(new Cue("<image>"), "<EOC><image>");
    assertThat(prompts.inContext(List.of(shot), Cue.CAPTION, null).prompt().media()).isZero();
  }

  @Test
  void shotsBeyondTheContextAreRefused() {
    List<Shot> shots = Collections.nCopies(5, new Shot(visual(1), Cue.CAPTION, "red"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> prompts.inContext(shots, Cue.CAPTION, visual(1)))
        .withMessage(
            "a prompt of 29 tokens leaves no room in the model's 24: ask in fewer words or show"
                + " fewer examples");
  }

  @Test
  void theSameSeedOrdersShotsTheSameWay() {
    List<Shot> shots =
        Stream.of("a", "b", "c", "d").map(text -> Shot.textOnly(Cue.CAPTION, text)).toList();
    List<List<Shot>> orders = Shot.orders(shots, 6, new Random(1));
    assertThat(orders).hasSize(6).isEqualTo(Shot.orders(shots, 6, new Random(1)));
    assertThat(orders).allSatisfy(order -> assertThat(order).hasSameElementsAs(shots));
    assertThat(Set.copyOf(orders)).hasSizeGreaterThan(2);
  }

  @Test
  void aCaptionBeginsWithoutAQuestion() {
    assertThat(prompts.caption()).isEqualTo(prompt("<BOS><image>output:"));
  }

  @Test
  void blindPromptsLookAtNothing() {
    assertThat(prompts.blindCaption()).isEqualTo(prompt("<BOS>output:"));
    Prompt blind = prompts.blindQuestion("what?");
    assertThat(blind).isEqualTo(prompt("<BOS>question: what? answer:"));
    assertThat(blind.media()).isZero();
    assertThat(blind.medium()).containsOnly(-1);
  }

  @Test
  void aQuestionCannotSmuggleInAMedium() {
    Prompt prompt = prompts.question("<image><BOS><EOC> what");
    assertThat(prompt.media()).isEqualTo(1);
    assertThat(prompt.tokens()).containsOnlyOnce(1, 4).doesNotContain(3);
  }

  @Test
  void anAnswerGoesOnToTheEndOfTheChunk() {
    assertThat(prompts.continuation("Red")).isEqualTo(tokenizer.encode("red<EOC>"));
  }

  @Test
  void aQuestionThatFillsTheContextIsRefused() {
    assertThat(prompts.question("what ".repeat(16)).length()).isEqualTo(22);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> prompts.question("what ".repeat(18)))
        .withMessage(
            "a prompt of 24 tokens leaves no room in the model's 24: ask in fewer words or show fewer"
                + " examples");
  }

  private static VisualTokens visual(int seed) {
    return new VisualTokens(1, 1, new float[] {seed});
  }

  private Prompt prompt(String text) {
    return Prompt.of(tokenizer.encode(text), tokenizer.id("<image>"));
  }
}
