package dev.flamingo.standalone.bench;

import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.checkpoint.StoredTensor;
import dev.flamingo.model.nn.Flamingo;
import dev.flamingo.model.onnx.CountingParameters;
import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The weights of an untrained model of any size: each value is computed when it is read, so that a
 * model of billions of parameters takes no memory.
 */
final class RandomWeights implements Parameters {

  private static final long SEED = 1;
  private static final int NUMBERS = 1 << 20;

  private final float[] noise = new float[NUMBERS];
  private final CountingParameters names = new CountingParameters();
  private final Map<String, StoredTensor> tensors = new TreeMap<>();

  private RandomWeights() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < NUMBERS; i++) {
      noise[i] = (float) random.nextGaussian();
    }
  }

  /** Returns the weights of a model by name. */
  static Map<String, StoredTensor> of(FlamingoConfig config) {
    RandomWeights weights = new RandomWeights();
    var unused = Flamingo.of(config, weights);
    return weights.tensors;
  }

  @Override
  public Tensor get(String name, Init init, long... shape) {
    tensors.put(
        name,
        new Drawn(shape.clone(), init, new SplittableRandom(name.hashCode()).nextInt(NUMBERS)));
    return names.get(name, init, shape);
  }

  @Override
  public Tensor constant(String name, float[] values, long... shape) {
    return names.constant(name, values, shape);
  }

  /** Values from the same random numbers as all others', from another place on. */
  private final class Drawn implements StoredTensor {

    private final long[] shape;
    private final Init init;
    private final int start;

    Drawn(long[] shape, Init init, int start) {
      this.shape = shape;
      this.init = init;
      this.start = start;
    }

    @Override
    public long[] shape() {
      return shape.clone();
    }

    @Override
    public void read(long first, float[] target, int count) {
      for (int i = 0; i < count; i++) {
        float number = noise[(int) ((start + first + i) % NUMBERS)];
        target[i] = (float) (init.mean() + init.deviation() * number);
      }
    }
  }
}
