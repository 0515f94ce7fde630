package dev.flamingo.training.recipe;

import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.Preset;
import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.bundle.Preprocessing;
import dev.flamingo.model.bundle.SpecialTokens;
import dev.flamingo.model.checkpoint.MapWeights;
import dev.flamingo.model.checkpoint.Weights;
import dev.flamingo.training.run.FirstWeights;
import dev.flamingo.training.run.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** What a model is before training: an earlier bundle, or nothing but an architecture. */
sealed interface Origin {

  /**
   * Returns a recipe's origin.
   *
   * @param base what the recipe's paths are relative to
   * @throws IOException if its bundle cannot be opened
   */
  static Origin of(Recipe recipe, Path base) throws IOException {
    String from = recipe.from();
    String preset = recipe.preset();
    if (from != null) {
      return new Earlier(Bundle.open(base.resolve(from)), recipe.keeps());
    }
    if (preset != null) {
      return new Nothing(Preset.named(preset));
    }
    throw new IllegalStateException("a recipe has a bundle or a preset");
  }

  /** Returns the tokens that are not text. */
  SpecialTokens specialTokens();

  /** Returns how pictures become numbers. */
  Preprocessing preprocessing();

  /** Returns the architecture with so many tokens in its vocabulary. */
  FlamingoConfig architecture(int vocabulary);

  /**
   * Returns the weights that a model of some architecture and tokenizer goes on from.
   *
   * @throws IOException if they cannot be read
   */
  Weights weights(FlamingoConfig config, String tokenizerJson) throws IOException;

  /** Returns what to say of it in the new bundle's provenance. */
  Map<String, String> provenance();

  /**
   * An earlier bundle.
   *
   * @param keeps the parts that are taken from it
   */
  record Earlier(Bundle bundle, Set<Part> keeps) implements Origin {

    @Override
    public SpecialTokens specialTokens() {
      return bundle.manifest().specialTokens();
    }

    @Override
    public Preprocessing preprocessing() {
      return bundle.manifest().preprocessing();
    }

    @Override
    public FlamingoConfig architecture(int vocabulary) {
      return bundle.architecture();
    }

    @Override
    public Weights weights(FlamingoConfig config, String tokenizerJson) throws IOException {
      return FirstWeights.of(bundle, config, tokenizerJson, keeps);
    }

    @Override
    public Map<String, String> provenance() {
      return Map.of("from", bundle.id());
    }
  }

  /** An architecture by its name. */
  record Nothing(Preset preset) implements Origin {

    @Override
    public SpecialTokens specialTokens() {
      return SpecialTokens.DEFAULT;
    }

    @Override
    public Preprocessing preprocessing() {
      return Preprocessing.IMAGENET;
    }

    @Override
    public FlamingoConfig architecture(int vocabulary) {
      return preset.architecture(vocabulary);
    }

    @Override
    public Weights weights(FlamingoConfig config, String tokenizerJson) {
      return new MapWeights(Map.of());
    }

    @Override
    public Map<String, String> provenance() {
      return Map.of("architecture", preset.label());
    }
  }
}
