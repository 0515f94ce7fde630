package dev.flamingo.training.ablation;

import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.nn.Activation;
import dev.flamingo.model.nn.ClipVitConfig;
import dev.flamingo.model.nn.CrossAttentionConfig;
import dev.flamingo.model.nn.CrossAttentionKind;
import dev.flamingo.model.nn.MediaVisibility;
import dev.flamingo.model.nn.NfnetConfig;
import dev.flamingo.model.nn.ResamplerConfig;
import dev.flamingo.model.nn.ResamplerKind;
import dev.flamingo.model.nn.VisionConfig;
import dev.flamingo.training.optimize.Mixture;
import dev.flamingo.training.recipe.CorpusRecipe;
import dev.flamingo.training.recipe.Recipe;
import dev.flamingo.training.recipe.StageRecipe;
import dev.flamingo.training.run.Part;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The rows of tables 3 and 10 that a small model can have. Left out are those about data that the
 * street has no counterpart of: LAION for the paper's own pairs, and C4 or MassiveText for the
 * language model.
 */
public final class AblationRows {

  // A contrast is as good as there are others to tell from.
  private static final int CONTRASTED = 4;

  private AblationRows() {}

  /** Returns all rows, the baseline first. */
  public static List<AblationRow> all() {
    return Stream.of(data(), layers(), resamplers(), encoders(), languages(), masks())
        .flatMap(List::stream)
        .toList();
  }

  private static List<AblationRow> data() {
    return List.of(
        AblationRow.of(
            AblationRow.BASELINE, "3, 10", "baseline", 3.2, 1.74, 70.7, UnaryOperator.identity()),
        AblationRow.trained(
            "no-videos",
            "3 i",
            "without videos",
            3.2,
            1.42,
            67.3,
            without(CorpusRecipe.Kind.VIDEOS)),
        AblationRow.trained(
            "no-pairs", "3 i", "without pairs", 3.2, 0.95, 60.9, without(CorpusRecipe.Kind.PAIRS)),
        AblationRow.trained(
            "no-pages", "3 i", "without pages", 3.2, 1.02, 53.4, without(CorpusRecipe.Kind.PAGES)),
        AblationRow.trained(
            "round-robin",
            "3 ii",
            "round robin",
            3.2,
            1.68,
            62.9,
            stages(stage -> stage.mixedBy(Mixture.ROUND_ROBIN))));
  }

  private static List<AblationRow> layers() {
    return List.of(
        AblationRow.of(
            "no-gates", "3 iii", "no tanh gates", 3.2, 1.74, 66.5, seeing(c -> c.gated(false))),
        AblationRow.of(
            "vanilla",
            "3 iv",
            "vanilla cross-attention",
            2.4,
            1.16,
            66.9,
            seeing(c -> c.as(CrossAttentionKind.VANILLA))),
        AblationRow.of(
            "grafting",
            "3 iv",
            "grafting",
            3.3,
            1.74,
            63.1,
            seeing(c -> c.as(CrossAttentionKind.GRAFTING))),
        AblationRow.of(
            "middle",
            "3 v",
            "a single layer in the middle",
            2.0,
            0.87,
            59.8,
            config ->
                config.seeingBy(config.crossAttention().inTheMiddleOf(config.language().layers()))),
        AblationRow.of(
            "every-4th", "3 v", "every 4th block", 2.3, 1.02, 68.8, seeing(c -> c.at(0, 4))),
        AblationRow.of(
            "every-2nd", "3 v", "every 2nd block", 2.6, 1.24, 68.2, seeing(c -> c.at(0, 2))));
  }

  private static List<AblationRow> resamplers() {
    return List.of(
        AblationRow.of(
            "mlp",
            "3 vi",
            "MLP for the resampler",
            3.2,
            1.85,
            66.6,
            resampling(r -> r.as(ResamplerKind.MLP, r.depth() * 3 / 2))),
        AblationRow.of(
            "transformer",
            "3 vi",
            "transformer for the resampler",
            3.2,
            1.81,
            66.7,
            resampling(r -> r.as(ResamplerKind.TRANSFORMER, r.depth()))),
        AblationRow.of(
            "small-resampler",
            "10",
            "half the resampler's layers",
            3.1,
            1.58,
            67.9,
            resampling(r -> r.as(ResamplerKind.PERCEIVER, Math.max(1, r.depth() / 2)))),
        AblationRow.of(
            "large-resampler",
            "10",
            "twice the resampler's layers",
            3.4,
            1.87,
            69.0,
            resampling(r -> r.as(ResamplerKind.PERCEIVER, 2 * r.depth()))));
  }

  private static List<AblationRow> encoders() {
    return List.of(
        new AblationRow(
            "clip",
            "3 vii",
            "a vision transformer by contrast alone",
            3.1,
            1.58,
            64.9,
            config -> looking(config, transformer(config.imageSize())),
            AblationRows::contrastFirst),
        new AblationRow(
            "small-nfnet",
            "3 vii",
            "a smaller NFNet by contrast alone",
            2.9,
            1.45,
            62.7,
            config -> looking(config, half((NfnetConfig) config.vision())),
            AblationRows::contrastFirst),
        AblationRow.trained(
            "encoder-from-nothing",
            "10",
            "encoder not frozen, from nothing",
            3.2,
            4.70,
            61.4,
            recipe -> also(Part.ENCODER, recipe.keeping(EnumSet.of(Part.LANGUAGE)))),
        AblationRow.trained(
            "encoder-unfrozen",
            "10",
            "encoder not frozen",
            3.2,
            4.70,
            68.1,
            recipe -> also(Part.ENCODER, recipe)));
  }

  private static List<AblationRow> languages() {
    return List.of(
        AblationRow.trained(
            "language-from-nothing",
            "3 viii",
            "language model not frozen, from nothing",
            3.2,
            2.42,
            57.8,
            recipe -> also(Part.LANGUAGE, recipe.keeping(EnumSet.of(Part.ENCODER)))),
        AblationRow.trained(
            "language-unfrozen",
            "3 viii",
            "language model not frozen",
            3.2,
            2.42,
            62.7,
            recipe -> also(Part.LANGUAGE, recipe)));
  }

  private static List<AblationRow> masks() {
    return List.of(
        AblationRow.of(
            "all-media",
            "10",
            "all previous media",
            3.2,
            1.74,
            63.5,
            seeing(c -> c.seeing(MediaVisibility.ALL_PREVIOUS))),
        AblationRow.trained(
            "previous-only", "10", "p_next = 0", 3.2, 1.74, 69.6, pages(c -> c.seeingNext(0))),
        AblationRow.trained(
            "next-only", "10", "p_next = 1", 3.2, 1.74, 70.4, pages(c -> c.seeingNext(1))));
  }

  private static UnaryOperator<FlamingoConfig> seeing(UnaryOperator<CrossAttentionConfig> change) {
    return config -> config.seeingBy(change.apply(config.crossAttention()));
  }

  private static UnaryOperator<FlamingoConfig> resampling(UnaryOperator<ResamplerConfig> change) {
    return config -> config.resamplingBy(change.apply(config.resampler()));
  }

  private static FlamingoConfig looking(FlamingoConfig config, VisionConfig vision) {
    return new FlamingoConfig(
        config.imageSize(),
        config.windowFrames(),
        vision,
        config.resampler().reading(vision.width()),
        config.language(),
        config.crossAttention());
  }

  private static ClipVitConfig transformer(int imageSize) {
    int patch = 16;
    return new ClipVitConfig(
        patch, imageSize / patch, 128, 4, 4, 512, Activation.QUICK_GELU, false, false);
  }

  private static NfnetConfig half(NfnetConfig vision) {
    return new NfnetConfig(
        vision.stem(),
        vision.stages().stream()
            .map(stage -> new NfnetConfig.Stage(stage.width() / 2, 1, stage.stride()))
            .toList(),
        vision.groupWidth() / 2,
        vision.bottleneck(),
        vision.squeeze(),
        vision.padding(),
        vision.standardizationEpsilon());
  }

  private static UnaryOperator<Recipe> without(CorpusRecipe.Kind kind) {
    return stages(
        stage ->
            stage.learningFrom(
                stage.corpora().stream().filter(corpus -> corpus.kind() != kind).toList()));
  }

  private static UnaryOperator<Recipe> pages(UnaryOperator<CorpusRecipe> change) {
    return stages(
        stage ->
            stage.learningFrom(
                stage.corpora().stream()
                    .map(
                        corpus ->
                            corpus.kind() == CorpusRecipe.Kind.PAGES
                                ? change.apply(corpus)
                                : corpus)
                    .toList()));
  }

  private static UnaryOperator<Recipe> stages(UnaryOperator<StageRecipe> change) {
    return recipe -> recipe.in(recipe.stages().stream().map(change).toList());
  }

  private static Recipe also(Part part, Recipe recipe) {
    return stages(
            stage -> {
              Set<Part> trains = EnumSet.copyOf(stage.trains());
              trains.add(part);
              return stage.training(trains);
            })
        .apply(recipe);
  }

  private static Recipe contrastFirst(Recipe recipe) {
    StageRecipe seeing = recipe.stages().get(0);
    List<CorpusRecipe> pairs =
        seeing.corpora().stream()
            .filter(corpus -> corpus.kind() == CorpusRecipe.Kind.PAIRS)
            .map(corpus -> corpus.by(CONTRASTED * corpus.batch()))
            .toList();
    List<StageRecipe> stages = new ArrayList<>();
    stages.add(
        seeing
            .training(EnumSet.of(Part.ENCODER))
            .as("contrast", StageRecipe.Goal.CONTRASTIVE)
            .learningFrom(pairs));
    stages.addAll(recipe.stages());
    return recipe.in(stages);
  }
}
