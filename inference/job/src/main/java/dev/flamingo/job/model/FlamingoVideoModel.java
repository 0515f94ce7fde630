package dev.flamingo.job.model;

import dev.flamingo.events.ResizeRule;
import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.bundle.Preprocessing;
import dev.flamingo.model.serving.EngineCounters;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.model.serving.FrameFeatures;
import dev.flamingo.model.serving.VisualTokens;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The Flamingo engine as the job sees it. Owns the engine. */
public final class FlamingoVideoModel implements VideoModel {

  private final FlamingoEngine engine;

  /** Makes a view of an engine, which it closes. */
  public FlamingoVideoModel(FlamingoEngine engine) {
    this.engine = engine;
  }

  @Override
  public ModelDescription description() {
    return describe(engine.bundle(), engine.familiarity().measures());
  }

  static ModelDescription describe(Bundle bundle, boolean familiarity) {
    Preprocessing preprocessing = bundle.manifest().preprocessing();
    return new ModelDescription(
        bundle.manifest().name(),
        bundle.hash(),
        bundle.architecture().imageSize(),
        ResizeRule.valueOf(preprocessing.resize().name()),
        preprocessing.padding(),
        bundle.architecture().windowFrames(),
        bundle.manifest().suggestions(),
        familiarity);
  }

  @Override
  public List<EncodedPicture> encode(List<byte[]> pictures) {
    List<float[]> pixels = new ArrayList<>();
    List<@Nullable String> problems = new ArrayList<>();
    for (byte[] picture : pictures) {
      try {
        pixels.add(engine.preprocessor().fromJpeg(picture));
        problems.add(null);
      } catch (IOException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    Iterator<FrameFeatures> features = engine.encoder().encode(pixels).iterator();
    List<EncodedPicture> encoded = new ArrayList<>();
    for (String problem : problems) {
      encoded.add(
          problem == null
              ? EncodedPicture.of(features.next().toBytes())
              : EncodedPicture.broken(problem));
    }
    return encoded;
  }

  @Override
  public List<byte[]> resample(List<List<byte[]>> windows) {
    List<List<FrameFeatures>> features =
        windows.stream()
            .map(window -> window.stream().map(FrameFeatures::fromBytes).toList())
            .toList();
    return engine.resampler().resample(features).stream().map(VisualTokens::toSafetensors).toList();
  }

  @Override
  public AnswerBatch beginAnswers() {
    return new FlamingoAnswerBatch(
        engine.generator().begin(), engine.prompts(), engine.familiarity());
  }

  @Override
  public Map<String, LongSupplier> counters() {
    EngineCounters counters = engine.counters();
    return Map.of(
        "framesEncoded",
        counters::framesEncoded,
        "windowsResampled",
        counters::windowsResampled,
        "keysValuesBuilt",
        counters::keysValuesBuilt,
        "keysValuesHits",
        counters::keysValuesHits,
        "prefixHits",
        counters::prefixHits,
        "tokensRead",
        counters::tokensRead,
        "tokensDecoded",
        counters::tokensDecoded);
  }

  @Override
  public void close() {
    engine.close();
  }
}
