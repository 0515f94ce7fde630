package dev.flamingo.model.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.eager.EagerParameters;
import dev.flamingo.model.eager.EagerTensor;
import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.ParameterSource;
import dev.flamingo.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model that reads a page: text with a medium before its second and fifth token. */
final class SeeingText implements AutoCloseable {

  static final int LENGTH = 7;
  static final int MEDIA = 2;

  private static final boolean[] PLACES = {false, true, false, false, true, false, false};

  private final NDManager manager = NDManager.newBaseManager(null, "PyTorch");
  private final FlamingoConfig config;
  private final Flamingo flamingo;

  private SeeingText(FlamingoConfig config, double gates) {
    this.config = config;
    ParameterSource random = ParameterSource.random(7);
    flamingo =
        Flamingo.of(
            config,
            new EagerParameters(
                manager,
                (name, init, shape) ->
                    random.get(name, name.endsWith("_gate") ? Init.constant(gates) : init, shape)));
  }

  /** Random weights leave the gates where they start. */
  static SeeingText closed(FlamingoConfig config) {
    return new SeeingText(config, 0);
  }

  static SeeingText open(FlamingoConfig config) {
    return new SeeingText(config, 0.7);
  }

  /** Returns visual tokens of one medium. */
  float[] medium(int seed) {
    ResamplerConfig shape = config.resampler();
    return ParameterSource.random(seed)
        .get("medium", Init.normal(1), shape.latents(), shape.width())
        .floats()
        .values();
  }

  /** Returns the visual tokens of one medium of so many frames, from features that a seed gives. */
  float[] medium(int seed, int frames) {
    ResamplerConfig shape = config.resampler();
    float[] features =
        ParameterSource.random(seed)
            .get("features", Init.normal(1), frames, config.patches(), shape.input())
            .floats()
            .values();
    Tensor tokens =
        flamingo
            .resampler()
            .apply(
                tensor(features, 1, frames, config.patches(), shape.input()),
                tensor(shape.timeWeights(frames), frames, shape.frames()));
    return Fixture.values(tokens);
  }

  /** Returns the scores after every token, of a page that shows these media. */
  float[][] seeing(float[]... media) {
    return rows(flamingo.decoder().logits(read(visual(media)).hidden()));
  }

  /** Returns the scores after every token as the language model alone gives them. */
  float[][] blind() {
    return rows(flamingo.decoder().logits(read(null).hidden()));
  }

  /** Returns the keys of a block for a page that shows these media; of the text alone for none. */
  float[] keys(int block, float[]... media) {
    Decoder.Output output = read(media.length == 0 ? null : visual(media));
    return Fixture.values(output.keysValues().get(block).keys());
  }

  private VisualInput visual(float[]... media) {
    ResamplerConfig shape = config.resampler();
    List<NDArray> all = new ArrayList<>();
    for (float[] medium : media) {
      all.add(manager.create(medium, new Shape(1, shape.latents(), shape.width())));
    }
    NDArray visual = NDArrays.concat(new NDList(all), 1);
    float[] visibility = config.crossAttention().sees().of(PLACES, MEDIA);
    return new VisualInput(
        flamingo.crossAttention().keysValues(new EagerTensor(visual)),
        tensor(visibility, 1, LENGTH, MEDIA));
  }

  private Decoder.Output read(@Nullable VisualInput visual) {
    long[] tokens = {3, 1, 4, 1, 5, 9, 2};
    long[] positions = {0, 1, 2, 3, 4, 5, 6};
    float[] mask = new float[LENGTH * LENGTH];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i % LENGTH > i / LENGTH ? -1e9f : 0;
    }
    TextInput text =
        new TextInput(
            new EagerTensor(manager.create(tokens, new Shape(1, LENGTH))),
            new EagerTensor(manager.create(positions, new Shape(1, LENGTH))),
            tensor(mask, 1, 1, LENGTH, LENGTH),
            List.of());
    return flamingo.decoder().apply(text, visual);
  }

  private static float[][] rows(Tensor scores) {
    float[] values = Fixture.values(scores);
    int width = values.length / LENGTH;
    float[][] rows = new float[LENGTH][];
    for (int i = 0; i < LENGTH; i++) {
      rows[i] = Arrays.copyOfRange(values, i * width, (i + 1) * width);
    }
    return rows;
  }

  private Tensor tensor(float[] values, long... shape) {
    return new EagerTensor(manager.create(values, new Shape(shape)));
  }

  @Override
  public void close() {
    manager.close();
  }
}
