package dev.flamingo.training.benchmark;

import dev.flamingo.model.serving.AnswerRequest;
import dev.flamingo.model.serving.BeamOptions;
import dev.flamingo.model.serving.Cue;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.model.serving.MediaPrompt;
import dev.flamingo.model.serving.Shot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A bundle that is asked as in the paper: it answers by a beam search of 3, and candidates are
 * ranked by their log-likelihood. Where all examples have no room in its context the first ones are
 * left out; so are those whose medium cannot be read.
 */
public final class EngineModel implements BenchmarkModel {

  /** {@code <BOS>} and the item's {@code <image>}. */
  private static final int FRAME_TOKENS = 2;

  private final FlamingoEngine engine;
  private final EncodedMedia media;
  private final int context;
  private final int answerTokens;
  private final int orders;
  private final Random random;

  /**
   * Makes a model of an engine, which stays the caller's.
   *
   * @param media what it sees
   * @param answerTokens the longest answer
   * @param protocol in how many orders candidates are ranked, and which
   */
  public EngineModel(
      FlamingoEngine engine, EncodedMedia media, int answerTokens, BenchmarkProtocol protocol) {
    this.engine = engine;
    this.media = media;
    this.answerTokens = answerTokens;
    context = engine.bundle().architecture().language().context();
    orders = protocol.orders();
    random = new Random(protocol.seed());
  }

  @Override
  public ModelOutput<String> answer(Asked asked) throws UnaskedException, InterruptedException {
    List<Shot> shots = shots(asked, answerTokens);
    AnswerRequest request = AnswerRequest.of(prompt(shots, asked), answerTokens);
    String text = engine.beamSearch().search(List.of(request), BeamOptions.DEFAULT).get(0).text();
    return new ModelOutput<>(text, shots.size());
  }

  @Override
  public ModelOutput<List<Double>> rank(Asked asked) throws UnaskedException, InterruptedException {
    List<long[]> candidates =
        asked.item().candidates().stream()
            .map(candidate -> engine.prompts().continuation(candidate.text()))
            .toList();
    int longest = candidates.stream().mapToInt(candidate -> candidate.length).max().orElse(0);
    List<Shot> shots = shots(asked, longest);
    List<MediaPrompt> prompts = new ArrayList<>();
    for (List<Shot> order : orders > 1 ? Shot.orders(shots, orders, random) : List.of(shots)) {
      prompts.add(prompt(order, asked));
    }
    double[] scores = engine.scorer().ensemble(prompts, candidates);
    return new ModelOutput<>(Arrays.stream(scores).boxed().toList(), shots.size());
  }

  private MediaPrompt prompt(List<Shot> shots, Asked asked)
      throws UnaskedException, InterruptedException {
    return engine
        .prompts()
        .inContext(shots, asked.item().cue(), media.tokens(asked.item().medium()));
  }

  /** Returns the examples that leave room for an answer. */
  private List<Shot> shots(Asked asked, int room) throws UnaskedException, InterruptedException {
    int length = FRAME_TOKENS + length(asked.item().cue()) + room;
    if (length > context) {
      throw new UnaskedException(
          "%s takes %d tokens of at most %d: take a model with a longer context"
              .formatted(asked.item().id(), length, context));
    }
    List<Shot> shots = new ArrayList<>();
    for (int i = asked.shots().size() - 1; i >= 0; i--) {
      BenchmarkItem example = asked.shots().get(i);
      int more =
          length(example.cue())
              + engine.prompts().continuation(example.answer()).length
              + (asked.seen() ? 1 : 0);
      if (length + more > context) {
        break;
      }
      Optional<Shot> shot = shot(example, asked.seen());
      if (shot.isPresent()) {
        shots.add(0, shot.get());
        length += more;
      }
    }
    return shots;
  }

  private Optional<Shot> shot(BenchmarkItem example, boolean seen) throws InterruptedException {
    if (!seen) {
      return Optional.of(Shot.textOnly(example.cue(), example.answer()));
    }
    try {
      return Optional.of(new Shot(media.tokens(example.medium()), example.cue(), example.answer()));
    } catch (UnaskedException e) {
      return Optional.empty();
    }
  }

  private int length(Cue cue) {
    return engine.prompts().length(cue);
  }
}
