package dev.flamingo.training.recipe;

import dev.flamingo.model.bundle.FramePreprocessor;
import dev.flamingo.model.bundle.Preprocessing;
import dev.flamingo.model.bundle.Tokenizer;
import dev.flamingo.model.nn.Flamingo;
import dev.flamingo.training.corpus.Corpus;
import dev.flamingo.training.corpus.CorpusSampler;
import dev.flamingo.training.objective.Contrastive;
import dev.flamingo.training.optimize.Clipping;
import dev.flamingo.training.optimize.Objective;
import dev.flamingo.training.optimize.ParameterGroup;
import dev.flamingo.training.optimize.Schedule;
import dev.flamingo.training.optimize.Stage;
import dev.flamingo.training.run.TrainedModel;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A stage of a recipe with its corpora open. */
final class RecipeStage implements AutoCloseable {

  private static final int JOINT_WIDTH = 128;
  private static final String CONTRASTIVE = "contrastive";
  private static final double AGC = 0.01;

  private final StageRecipe recipe;
  private final TrainedModel model;
  private final Tokenizer tokenizer;
  private final FramePreprocessor preprocessor;
  private final long seed;
  private final Map<String, Corpus> corpora = new LinkedHashMap<>();
  private final List<Stage.Weighted> objectives = new ArrayList<>();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /**
   * Opens the corpora.
   *
   * @throws IOException if one cannot be opened
   */
  RecipeStage(
      StageRecipe recipe,
      TrainedModel model,
      Tokenizer tokenizer,
      Preprocessing preprocessing,
      CorpusOpener opener,
      long seed)
      throws IOException {
    this.recipe = recipe;
    this.model = model;
    this.tokenizer = tokenizer;
    this.seed = seed;
    preprocessor = new FramePreprocessor(model.config().imageSize(), preprocessing);
    @Nullable Contrastive contrastive =
        recipe.objective() == StageRecipe.Goal.CONTRASTIVE ? contrastive() : null;
    try {
      for (CorpusRecipe corpus : recipe.corpora()) {
        Corpus opened = opener.open(corpus);
        open.push(opened);
        corpora.put(corpus.name(), opened);
        objectives.add(
            new Stage.Weighted(
                corpus.name(), objective(corpus, opened, contrastive), corpus.weight()));
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private Contrastive contrastive() {
    return new Contrastive(
        model.manager(),
        model.config().vision().width(),
        model.config().language().vocabulary(),
        JOINT_WIDTH,
        model.auxiliary(CONTRASTIVE));
  }

  private Objective objective(
      CorpusRecipe corpus, Corpus opened, @Nullable Contrastive contrastive) {
    CorpusSampler sampler =
        new CorpusSampler(opened, seed + corpus.name().hashCode(), corpus.batch());
    BatchMaker batches =
        new BatchMaker(
            sampler,
            new ExampleTokens(tokenizer, corpus),
            new Augmentation(corpus),
            preprocessor,
            tokenizer.id(tokenizer.specialTokens().padding()),
            seed + corpus.name().hashCode());
    return switch (recipe.objective()) {
      case TEXT -> opened(new SeenText(model, batches));
      case BLIND_TEXT -> opened(new BlindText(model, batches));
      case CONTRASTIVE ->
          opened(new Contrast(model, java.util.Objects.requireNonNull(contrastive), batches));
    };
  }

  private <T extends Objective & AutoCloseable> Objective opened(T objective) {
    open.push(objective);
    return objective;
  }

  /** Returns what is trained and how. */
  Stage stage() {
    boolean contrastive = recipe.objective() == StageRecipe.Goal.CONTRASTIVE;
    Predicate<String> trained =
        name -> recipe.trains(name) || (contrastive && TrainedModel.auxiliary(name, CONTRASTIVE));
    return new Stage(
        recipe.name(),
        objectives,
        recipe.mixture(),
        new Schedule(recipe.rate(), recipe.warmUp(), recipe.steps(), recipe.lastRate()),
        List.of(
            new ParameterGroup(
                trained.and(name -> name.endsWith("_gate")),
                recipe.gateRate(),
                /* weightDecay= */ 0),
            new ParameterGroup(trained.and(RecipeStage::decays), 1, recipe.decay()),
            new ParameterGroup(trained, 1, /* weightDecay= */ 0)),
        contrastive
            ? List.of(new Clipping.Adaptive(AGC), new Clipping.GlobalNorm(recipe.clip()))
            : List.of(new Clipping.GlobalNorm(recipe.clip())));
  }

  // Matrices; the resampler's do not decay (appendix B.1.2).
  private static boolean decays(String name) {
    return name.endsWith(".weight") && !name.startsWith(Flamingo.RESAMPLER + ".");
  }

  /** Returns what was read of every corpus, and what was skipped and why. */
  List<String> health() {
    return corpora.entrySet().stream()
        .map(corpus -> corpus.getKey() + ": " + corpus.getValue().health().summary())
        .toList();
  }

  /** Closes what makes batches before what it reads from. */
  @Override
  public void close() throws IOException {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException("a corpus could not be closed", e);
      }
    }
  }
}
