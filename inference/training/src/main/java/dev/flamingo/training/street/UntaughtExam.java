package dev.flamingo.training.street;

import dev.flamingo.ingest.street.StreetClip;
import dev.flamingo.model.serving.AnswerRequest;
import dev.flamingo.model.serving.Cue;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.model.serving.MediaPrompt;
import dev.flamingo.model.serving.Shot;
import dev.flamingo.model.serving.VisualTokens;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks about clips what training never asked, before and after shots that show what is meant. */
final class UntaughtExam {

  private static final int ASKED = 100;
  private static final int SHOTS_OF_EACH = 2;
  private static final int ANSWER_TOKENS = 4;

  /** Questions of two answers; null where neither fits. */
  private static final Map<String, Function<StreetClip, @Nullable String>> QUESTIONS =
      Map.of(
          "what is the weather?",
          clip -> clip.rain() ? "wet" : "dry",
          "how busy is it?",
          UntaughtExam::busy);

  private final FlamingoEngine engine;

  UntaughtExam(FlamingoEngine engine) {
    this.engine = engine;
  }

  /**
   * A clip as a model sees it.
   *
   * @param tokens its visual tokens
   */
  record Seen(StreetClip clip, VisualTokens tokens) {}

  StreetScores.Untaught run(List<Seen> clips, long seed) {
    Tally zero = new Tally();
    Tally four = new Tally();
    Random random = new Random(seed);
    QUESTIONS.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> ask(entry.getKey(), entry.getValue(), clips, random, zero, four));
    return new StreetScores.Untaught(zero.share(), four.share());
  }

  private void ask(
      String question,
      Function<StreetClip, @Nullable String> answers,
      List<Seen> clips,
      Random random,
      Tally zero,
      Tally four) {
    Map<String, List<Seen>> byAnswer =
        clips.stream()
            .filter(seen -> answers.apply(seen.clip()) != null)
            .collect(Collectors.groupingBy(seen -> String.valueOf(answers.apply(seen.clip()))));
    List<String> words = byAnswer.keySet().stream().sorted().toList();
    if (words.size() < 2
        || byAnswer.values().stream().anyMatch(all -> all.size() <= SHOTS_OF_EACH)) {
      return;
    }
    Cue cue = Cue.question(question);
    for (int i = 0; i < ASKED; i++) {
      String right = words.get(i % words.size());
      List<Shot> shots = new ArrayList<>();
      VisualTokens asked = null;
      for (String word : words) {
        List<Seen> shuffled = new ArrayList<>(byAnswer.getOrDefault(word, List.of()));
        Collections.shuffle(shuffled, random);
        for (Seen seen : shuffled.subList(0, SHOTS_OF_EACH)) {
          shots.add(new Shot(seen.tokens(), cue, word));
        }
        asked = word.equals(right) ? shuffled.get(SHOTS_OF_EACH).tokens() : asked;
      }
      Collections.shuffle(shots, random);
      zero.add(answer(engine.prompts().inContext(List.of(), cue, asked)).equals(right));
      four.add(answer(engine.prompts().inContext(shots, cue, asked)).equals(right));
    }
  }

  private String answer(MediaPrompt prompt) {
    return engine
        .generator()
        .generate(List.of(AnswerRequest.of(prompt, ANSWER_TOKENS)))
        .get(0)
        .text();
  }

  private static @Nullable String busy(StreetClip clip) {
    return switch (clip.seen().size()) {
      case 0, 1 -> "quiet";
      case 2 -> null;
      default -> "busy";
    };
  }
}
