package dev.flamingo.training.street;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.flamingo.ingest.street.StreetClip;
import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.bundle.Tokenizer;
import dev.flamingo.model.eager.EagerParameters;
import dev.flamingo.model.eager.EagerTensor;
import dev.flamingo.model.nn.Flamingo;
import dev.flamingo.model.nn.KeysValues;
import dev.flamingo.model.nn.TimeEmbedding;
import dev.flamingo.model.serving.PromptTemplate;
import dev.flamingo.model.tensor.Tensor;
import dev.flamingo.training.objective.AttributeHeads;
import dev.flamingo.training.objective.NextToken;
import dev.flamingo.training.objective.TextBatch;
import dev.flamingo.training.optimize.Clipping;
import dev.flamingo.training.optimize.ParameterGroup;
import dev.flamingo.training.optimize.Progress;
import dev.flamingo.training.optimize.Schedule;
import dev.flamingo.training.optimize.Stage;
import dev.flamingo.training.optimize.StageRunner;
import dev.flamingo.training.optimize.TrainingCheckpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The recipe of the street model: the vision encoder by contrast, the language model on text, the
 * resampler by attributes, and at last resampler and gated layers with encoder and language model
 * frozen.
 */
final class StreetTraining implements AutoCloseable {

  static final List<String> STAGES = List.of("encoder", "language", "resampler", "gated");

  private static final double RATE = 2e-3;
  private static final double LAST = 0.03;
  private static final int CLIPS = 32;
  private static final int QUESTIONS = 6;
  private static final int CAPTIONS = 16;
  private static final int RESAMPLED = 48;

  private final TrainedModel model;
  private final TrainingClips clips;
  private final Path folder;
  private final StreetBudget budget;
  private final FlamingoConfig config;
  private final Tokenizer tokenizer;
  private final StreetText text;
  private final StageRunner runner;
  private final Progress progress;
  private final NDManager manager;
  private final NDArray time;

  StreetTraining(
      Path folder,
      StreetBudget budget,
      long seed,
      FlamingoConfig config,
      Tokenizer tokenizer,
      TrainingCheckpoint checkpoint,
      Progress progress)
      throws IOException {
    this.folder = folder;
    this.budget = budget;
    this.config = config;
    this.tokenizer = tokenizer;
    this.progress = progress;
    clips = new TrainingClips(seed);
    text =
        new StreetText(
            StreetSplit.balance(),
            tokenizer,
            new PromptTemplate(tokenizer, config.language().context()));
    model = new TrainedModel(config, checkpoint.latest(STAGES), seed);
    manager = model.manager();
    runner = new StageRunner(manager, model.parameters(), checkpoint, progress);
    int frames = config.windowFrames();
    time =
        manager.create(
            TimeEmbedding.weights(frames, config.resampler().frames()),
            new Shape(frames, config.resampler().frames()));
  }

  /** Runs all stages; those that are behind are left out. */
  EagerParameters run() throws IOException {
    try (EncoderStage encoder = new EncoderStage(model, clips, text)) {
      encoder.run(runner, budget.encoder());
    }
    language();
    try (FeatureCache cache =
        new FeatureCache(
            folder.resolve("features.f16"),
            config.windowFrames() * config.patches() * config.vision().width())) {
      fill(cache);
      resampler(cache);
      gated(cache);
    }
    return model.parameters();
  }

  private void language() throws IOException {
    NextToken nextToken = new NextToken(manager, model.flamingo().decoder());
    runner.run(
        new Stage(
            "language",
            List.of(
                new Stage.Weighted(
                    step ->
                        nextToken.loss(
                            text.questionsAlone(
                                clips.some("language", step, CLIPS), clips.random("text", step))),
                    1),
                new Stage.Weighted(
                    step ->
                        nextToken.loss(
                            text.captions(
                                clips.some("captions", step, CAPTIONS),
                                clips.random("asking", step))),
                    1)),
            new Schedule(RATE, 30, budget.language(), LAST),
            List.of(
                new ParameterGroup(name -> weight(name) && language(name), 1, 0.1),
                new ParameterGroup(StreetTraining::language, 1, 0)),
            List.of(new Clipping.GlobalNorm(1))));
  }

  private void fill(FeatureCache cache) throws IOException {
    int group = 4;
    // A kill may have cut a group: it is written again.
    int first = cache.clips() / group * group;
    try (StreetFrames frames = new StreetFrames(model.preprocessor());
        Prefetch<float[]> pixels = new Prefetch<>(number -> clipPixels(frames, number, group));
        Progress.Bar bar = progress.start("features", first, budget.clips())) {
      for (int clip = first; clip < budget.clips(); clip += group) {
        try (NDScope scope = new NDScope()) {
          scope.suppressNotUsedWarning();
          Tensor patches = model.patches(pixels.at(clip / group), group * config.windowFrames());
          cache.write(clip, ((EagerTensor) patches).array().toFloatArray());
        }
        for (int i = 0; i < group; i++) {
          bar.step(clip + i, 0);
        }
      }
    }
  }

  private void resampler(FeatureCache cache) throws IOException {
    ClipTruth truth = new ClipTruth();
    AttributeHeads attributes =
        new AttributeHeads(
            manager,
            config.resampler().latents() * config.resampler().width(),
            truth.attributes(),
            model.auxiliary("clips"));
    try (Prefetch<CachedClips> batches =
        new Prefetch<>(step -> cached(cache, "resampler", step, RESAMPLED))) {
      runner.run(
          new Stage(
              "resampler",
              List.of(
                  new Stage.Weighted(
                      step -> {
                        CachedClips batch = batches.at(step);
                        long[] answers =
                            batch.clips().stream()
                                .flatMapToLong(clip -> Arrays.stream(truth.of(clip)))
                                .toArray();
                        return attributes.loss(visual(batch), answers);
                      },
                      1)),
              new Schedule(RATE, 60, budget.resampler(), LAST),
              List.of(
                  new ParameterGroup(
                      name ->
                          name.startsWith(Flamingo.RESAMPLER) || name.startsWith("auxiliary.clips"),
                      1,
                      0)),
              List.of(new Clipping.GlobalNorm(1))));
    }
  }

  private void gated(FeatureCache cache) throws IOException {
    NextToken nextToken = new NextToken(manager, model.flamingo().decoder());
    Predicate<String> gate = name -> name.endsWith("_gate");
    Predicate<String> gated = name -> name.startsWith(Flamingo.CROSS_ATTENTION);
    try (Prefetch<CachedClips> asked =
            new Prefetch<>(step -> cached(cache, "questions", step, CLIPS));
        Prefetch<CachedClips> captioned =
            new Prefetch<>(step -> cached(cache, "captioned", step, CAPTIONS))) {
      runner.run(
          new Stage(
              "gated",
              List.of(
                  new Stage.Weighted(
                      step -> {
                        CachedClips batch = asked.at(step);
                        TextBatch questions = questions(batch.clips(), step);
                        return nextToken.loss(questions, keysValues(visual(batch), QUESTIONS), 1);
                      },
                      1),
                  new Stage.Weighted(
                      step -> {
                        CachedClips batch = captioned.at(step);
                        return nextToken.loss(
                            text.captions(batch.clips(), clips.random("asked", step)),
                            keysValues(visual(batch), 1),
                            1);
                      },
                      0.5)),
              new Schedule(RATE, 30, budget.gated(), LAST),
              List.of(
                  new ParameterGroup(gate, 10, 0),
                  new ParameterGroup(gated.and(StreetTraining::weight), 1, 0.1),
                  new ParameterGroup(gated, 1, 0),
                  new ParameterGroup(name -> name.startsWith(Flamingo.RESAMPLER), 0.3, 0)),
              List.of(new Clipping.GlobalNorm(1))));
    }
  }

  private static boolean weight(String name) {
    return name.endsWith(".weight");
  }

  private static boolean language(String name) {
    return name.startsWith(Flamingo.LANGUAGE);
  }

  private Tensor visual(CachedClips batch) {
    Shape shape =
        new Shape(
            batch.clips().size(), config.windowFrames(), config.patches(), config.vision().width());
    NDArray features = manager.create(batch.features(), shape);
    return model.flamingo().resampler().apply(new EagerTensor(features), new EagerTensor(time));
  }

  private List<KeysValues> keysValues(Tensor visual, int times) {
    return model.flamingo().crossAttention().keysValues(visual).stream()
        .map(both -> new KeysValues(repeat(both.keys(), times), repeat(both.values(), times)))
        .toList();
  }

  private static Tensor repeat(Tensor tensor, int times) {
    NDArray array = ((EagerTensor) tensor).array();
    Shape shape = array.getShape();
    Shape repeated = new Shape(shape.get(0), times).addAll(shape.slice(1));
    Shape flat = new Shape(shape.get(0) * times).addAll(shape.slice(1));
    return new EagerTensor(array.expandDims(1).broadcast(repeated).reshape(flat));
  }

  private TextBatch questions(List<StreetClip> about, int step) {
    return text.questions(about, QUESTIONS, clips.random("phrasing", step));
  }

  private float[] clipPixels(StreetFrames frames, int group, int count) {
    int frame = 3 * config.imageSize() * config.imageSize();
    float[] pixels = new float[count * StreetClip.FRAMES * frame];
    for (int i = 0; i < count; i++) {
      StreetClip clip = clips.clip((long) group * count + i);
      for (int second = 0; second < StreetClip.FRAMES; second++) {
        int at = (i * StreetClip.FRAMES + second) * frame;
        System.arraycopy(frames.pixels(clip, second), 0, pixels, at, frame);
      }
    }
    return pixels;
  }

  /** Clips whose features were read from the cache. */
  private record CachedClips(List<StreetClip> clips, float[] features) {}

  private CachedClips cached(FeatureCache cache, String purpose, int step, int count) {
    int values = config.windowFrames() * config.patches() * config.vision().width();
    int[] numbers = clips.random(purpose, step).ints(count, 0, budget.clips()).toArray();
    float[] features = new float[count * values];
    try {
      for (int i = 0; i < count; i++) {
        cache.read(numbers[i], features, i * values);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new CachedClips(IntStream.of(numbers).mapToObj(clips::clip).toList(), features);
  }

  @Override
  public void close() {
    tokenizer.close();
    model.close();
  }
}
