package dev.flamingo.training.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.bundle.FramePreprocessor;
import dev.flamingo.model.bundle.Preprocessing;
import dev.flamingo.model.checkpoint.HostTensor;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model in memory whose parameters change, and heads that only training needs. */
public final class TrainedModel implements AutoCloseable {

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
  public TrainedModel(FlamingoConfig config, ParameterSource first) {
    this.config = config;
    parameters = new EagerParameters(manager, first);
    flamingo = Flamingo.of(config, parameters);
  }

  /** Returns the owner of the parameters' memory. */
  public NDManager manager() {
    return manager;
  }

  /** Returns the architecture. */
  public FlamingoConfig config() {
    return config;
  }

  /** Returns all parameters, those of heads included. */
  public EagerParameters parameters() {
    return parameters;
  }

  /** Returns copies of the model's own parameters, without those of heads. */
  public Map<String, HostTensor> weights() {
    Map<String, HostTensor> weights = new LinkedHashMap<>();
    parameters
        .arrays()
        .forEach(
            (name, array) -> {
              if (!name.startsWith(AUXILIARY)) {
                weights.put(
                    name, new HostTensor(array.getShape().getShape(), array.toFloatArray()));
              }
            });
    return weights;
  }

  /** Returns the layers. */
  public Flamingo flamingo() {
    return flamingo;
  }

  /** Returns what turns pictures into the encoder's input. */
  public FramePreprocessor preprocessor() {
    return new FramePreprocessor(config.imageSize(), Preprocessing.IMAGENET);
  }

  /** Returns the scope of parameters that no bundle holds. */
  public Parameters auxiliary(String name) {
    return parameters.in(AUXILIARY + name);
  }

  /** Returns the loss of text that looks at media. */
  public NextToken nextToken() {
    return new NextToken(manager, flamingo.decoder(), config.crossAttention().sees());
  }

  /** Returns whether a parameter belongs to such a scope. */
  public static boolean auxiliary(String parameter, String name) {
    return parameter.startsWith(AUXILIARY + name + ".");
  }

  /**
   * Returns heads that tell attributes.
   *
   * @param inputs features of one example, all its tokens together
   */
  public AttributeHeads heads(String name, int inputs, List<AttributeHeads.Attribute> attributes) {
    return new AttributeHeads(manager, inputs, attributes, auxiliary(name));
  }

  /** Returns the number of features of one frame. */
  public int frameValues() {
    return config.patches() * config.vision().width();
  }

  /** Returns the features of pictures: {@code [pictures, patches, channels]}. */
  public Tensor patches(float[] pixels, int pictures) {
    int size = config.imageSize();
    NDArray array = manager.create(pixels, new Shape(pictures, 3, size, size));
    return flamingo.encoder().patches(new EagerTensor(array));
  }

  /**
   * Returns the visual tokens of media of the same length: {@code [media, latents, width]}.
   *
   * @param features {@code [media, frames, patches, channels]}
   */
  public Tensor visual(float[] features, int media, int frames) {
    Shape shape = new Shape((long) media * frames, config.patches(), config.vision().width());
    return visual(new EagerTensor(manager.create(features, shape)), media, frames);
  }

  /**
   * Returns the visual tokens of media of the same length: {@code [media, latents, width]}.
   *
   * @param patches {@code [media * frames, patches, channels]}, medium after medium
   */
  public Tensor visual(Tensor patches, int media, int frames) {
    int learnt = config.resampler().frames();
    NDArray time =
        manager.create(config.resampler().timeWeights(frames), new Shape(frames, learnt));
    return flamingo
        .resampler()
        .apply(
            patches.reshape(media, frames, config.patches(), config.vision().width()),
            new EagerTensor(time));
  }

  /**
   * Returns what rows of text look at, for every gated layer: keys and values of one row's media
   * after another's {@code [rows * media, heads, latents, head width]}.
   *
   * @param visual {@code [media, latents, width]}
   * @param media for every row the numbers of its media, as many in each
   */
  public List<KeysValues> look(Tensor visual, int[][] media) {
    long[] numbers = Arrays.stream(media).flatMapToInt(Arrays::stream).asLongStream().toArray();
    Tensor ids = new EagerTensor(manager.create(numbers, new Shape(numbers.length)));
    return flamingo.crossAttention().keysValues(visual).stream()
        .map(all -> new KeysValues(select(all.keys(), ids), select(all.values(), ids)))
        .toList();
  }

  private static Tensor select(Tensor all, Tensor ids) {
    Shape shape = ((EagerTensor) all).array().getShape();
    return all.reshape(0, -1).rows(ids).reshape(0, shape.get(1), shape.get(2), shape.get(3));
  }

  @Override
  public void close() {
    manager.close();
  }
}
