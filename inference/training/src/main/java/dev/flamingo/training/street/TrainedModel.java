package dev.flamingo.training.street;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.bundle.FramePreprocessor;
import dev.flamingo.model.bundle.Preprocessing;
import dev.flamingo.model.eager.EagerParameters;
import dev.flamingo.model.eager.EagerTensor;
import dev.flamingo.model.nn.Flamingo;
import dev.flamingo.model.nn.KeysValues;
import dev.flamingo.model.tensor.ParameterSource;
import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;
import dev.flamingo.training.objective.AttributeHeads;
import dev.flamingo.training.objective.NextToken;
import java.util.Arrays;
import java.util.List;

/** A model in memory whose parameters change, and heads that only training needs. */
final class TrainedModel implements AutoCloseable {

  private static final String AUXILIARY = "auxiliary.";

  private final NDManager manager = NDManager.newBaseManager(null, "PyTorch");
  private final FlamingoConfig config;
  private final EagerParameters parameters;
  private final Flamingo flamingo;

  /**
   * Builds a model.
   *
   * @param first what its parameters are before training
   */
  TrainedModel(FlamingoConfig config, ParameterSource first) {
    this.config = config;
    parameters = new EagerParameters(manager, first);
    flamingo = Flamingo.of(config, parameters);
  }

  NDManager manager() {
    return manager;
  }

  FlamingoConfig config() {
    return config;
  }

  EagerParameters parameters() {
    return parameters;
  }

  Flamingo flamingo() {
    return flamingo;
  }

  FramePreprocessor preprocessor() {
    return new FramePreprocessor(config.imageSize(), Preprocessing.IMAGENET);
  }

  /** Returns the scope of parameters that no bundle holds. */
  Parameters auxiliary(String name) {
    return parameters.in(AUXILIARY + name);
  }

  /** Returns the loss of text that looks at media. */
  NextToken nextToken() {
    return new NextToken(manager, flamingo.decoder(), config.crossAttention().sees());
  }

  static boolean auxiliary(String parameter, String name) {
    return parameter.startsWith(AUXILIARY + name + ".");
  }

  AttributeHeads heads(String name, int inputs, List<AttributeHeads.Attribute> attributes) {
    return new AttributeHeads(manager, inputs, attributes, auxiliary(name));
  }

  /** Returns the number of features of one frame. */
  int frameValues() {
    return config.patches() * config.vision().width();
  }

  /** Returns the features of pictures: {@code [pictures, patches, channels]}. */
  Tensor patches(float[] pixels, int pictures) {
    int size = config.imageSize();
    NDArray array = manager.create(pixels, new Shape(pictures, 3, size, size));
    return flamingo.encoder().patches(new EagerTensor(array));
  }

  /**
   * Returns the visual tokens of media of the same length: {@code [media, latents, width]}.
   *
   * @param features {@code [media, frames, patches, channels]}
   */
  Tensor visual(float[] features, int media, int frames) {
    int learnt = config.resampler().frames();
    NDArray array =
        manager.create(
            features, new Shape(media, frames, config.patches(), config.vision().width()));
    NDArray time =
        manager.create(config.resampler().timeWeights(frames), new Shape(frames, learnt));
    return flamingo.resampler().apply(new EagerTensor(array), new EagerTensor(time));
  }

  /**
   * Returns what rows of text look at, for every gated layer.
   *
   * @param visual {@code [media, latents, width]}
   * @param media for every row the numbers of its media, as many in each
   */
  List<KeysValues> look(Tensor visual, int[][] media) {
    int each = media[0].length;
    NDArray ids =
        manager.create(
            Arrays.stream(media).flatMapToInt(Arrays::stream).asLongStream().toArray(),
            new Shape(media.length, each));
    return flamingo.crossAttention().keysValues(visual).stream()
        .map(
            all ->
                new KeysValues(
                    select(all.keys(), new EagerTensor(ids)),
                    select(all.values(), new EagerTensor(ids))))
        .toList();
  }

  private static Tensor select(Tensor all, Tensor ids) {
    Shape shape = ((EagerTensor) all).array().getShape();
    long heads = shape.get(1);
    long latents = shape.get(2);
    long width = shape.get(3);
    return all.reshape(0, -1)
        .rows(ids)
        .reshape(0, 0, heads, latents, width)
        .transpose(0, 2, 1, 3, 4)
        .reshape(0, heads, -1, width);
  }

  @Override
  public void close() {
    manager.close();
  }
}
