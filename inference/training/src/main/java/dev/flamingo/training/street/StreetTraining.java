package dev.flamingo.training.street;

import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.bundle.Tokenizer;
import dev.flamingo.model.checkpoint.HostTensor;
import dev.flamingo.model.checkpoint.Weights;
import dev.flamingo.model.serving.PromptTemplate;
import dev.flamingo.model.tensor.ParameterSource;
import dev.flamingo.training.glyph.ShotSequences;
import dev.flamingo.training.optimize.Progress;
import dev.flamingo.training.optimize.StageRunner;
import dev.flamingo.training.optimize.TrainingCheckpoint;
import dev.flamingo.training.run.TrainedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The recipe of the street model: the vision encoder by contrast, the language model on text, the
 * resampler by attributes, and at last resampler and gated layers with encoder and language model
 * frozen.
 */
final class StreetTraining implements AutoCloseable {

  static final List<String> STAGES =
      List.of(EncoderStage.NAME, LanguageStage.NAME, ResamplerStage.NAME, GatedStage.NAME);

  private final Path folder;
  private final StreetBudget budget;
  private final Tokenizer tokenizer;
  private final Progress progress;
  private final TrainingClips clips;
  private final TrainingClips allClips;
  private final StreetText text;
  private final TrainedModel model;
  private final StageRunner runner;

  StreetTraining(
      Path folder,
      StreetPlan plan,
      FlamingoConfig config,
      Weights first,
      Tokenizer tokenizer,
      TrainingCheckpoint checkpoint,
      Progress progress)
      throws IOException {
    this.folder = folder;
    budget = plan.budget();
    this.tokenizer = tokenizer;
    this.progress = progress;
    clips = new TrainingClips(plan.seed(), plan.withholding());
    allClips = new TrainingClips(plan.seed());
    text =
        new StreetText(
            StreetSplit.balance(),
            tokenizer,
            new PromptTemplate(tokenizer, config.language().context()));
    ParameterSource begin = ParameterSource.of(first, ParameterSource.random(plan.seed()));
    model = new TrainedModel(config, ParameterSource.of(checkpoint.latest(STAGES), begin));
    runner = new StageRunner(model.manager(), model.parameters(), checkpoint, progress);
  }

  /** Runs all stages, leaving out those that are behind, and returns the model's weights. */
  Map<String, HostTensor> run() throws IOException {
    try (EncoderStage encoder = new EncoderStage(model, clips, text)) {
      encoder.run(runner, budget.encoder());
    }
    // A word that the language model never generated it cannot repeat either, so it binds all of
    // them;
    // which of them may mean something that is seen is another matter.
    StreetVocabulary vocabulary = new StreetVocabulary();
    new LanguageStage(model, allClips, text, shots(vocabulary.names()))
        .run(runner, budget.language());
    try (CachedClips clipFeatures =
            new CachedClips(folder.resolve("features.f16"), model, clips, budget.clips());
        CachedGlyphs glyphFeatures =
            new CachedGlyphs(folder.resolve("glyphs.f16"), model, clips, budget.glyphs())) {
      clipFeatures.fill(progress);
      glyphFeatures.fill(progress);
      try (ResamplerStage resampler = new ResamplerStage(model, clipFeatures, glyphFeatures)) {
        resampler.run(runner, budget.resampler());
      }
      ShotSequences shots = shots(vocabulary.shownNames());
      try (GatedStage gated =
          new GatedStage(model, clips, text, shots, clipFeatures, glyphFeatures)) {
        gated.run(runner, budget.gated());
      }
    }
    return model.weights();
  }

  private ShotSequences shots(List<String> words) {
    return new ShotSequences(tokenizer, model.config().language().context(), words);
  }

  @Override
  public void close() {
    tokenizer.close();
    model.close();
  }
}
