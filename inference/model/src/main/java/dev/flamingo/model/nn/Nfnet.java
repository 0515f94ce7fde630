package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Convolution;
import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The vision encoder, a normaliser-free network (section 2.1): a frame to a grid of features. */
public final class Nfnet implements VisionEncoder {

  private final List<StandardizedConv2d> stem = new ArrayList<>();
  private final List<List<NfnetBlock>> stages = new ArrayList<>();
  private final NfnetConfig config;
  private final ScaledActivation activation;
  private final @Nullable StandardizedConv2d finalConv;

  /** Builds the network from its parameters, named as the public timm checkpoints name them. */
  public Nfnet(NfnetConfig config, Parameters parameters) {
    this.config = config;
    activation = ScaledActivation.of(config);
    int width = 3;
    for (NfnetConfig.Stem layer : config.stem()) {
      Parameters conv = parameters.in("stem.conv" + (stem.size() + 1));
      Convolution convolution = new Convolution(3, layer.stride(), config.padding(), 1);
      stem.add(new StandardizedConv2d(conv, config, width, layer.width(), convolution));
      width = layer.width();
    }
    double variance = 1;
    for (NfnetConfig.Stage stage : config.stages()) {
      List<NfnetBlock> blocks = new ArrayList<>();
      for (int i = 0; i < stage.depth(); i++) {
        Parameters scope = parameters.in("stages." + stages.size() + "." + i);
        blocks.add(new NfnetBlock(scope, config, width, stage, i == 0, variance));
        // A stage's first block replaces the signal by its shortcut's, of variance 1.
        variance = (i == 0 ? 1 : variance) + NfnetBlock.ALPHA * NfnetBlock.ALPHA;
        width = stage.width();
      }
      stages.add(blocks);
    }
    finalConv =
        config.finalWidth() == 0
            ? null
            : new StandardizedConv2d(
                parameters.in("final_conv"),
                config,
                width,
                config.finalWidth(),
                Convolution.pointwise());
  }

  /**
   * Returns the map that the model sees: the final convolution's, activated, where there is one, or
   * else the last stage's.
   *
   * @param pixels normalised pictures {@code [frames, 3, height, width]}
   * @return {@code [frames, channels, height / stride, width / stride]}
   */
  public Tensor map(Tensor pixels) {
    List<Tensor> maps = maps(pixels);
    Tensor last = maps.get(maps.size() - 1);
    return finalConv == null ? last : activation.apply(finalConv.apply(last));
  }

  /** Returns the stem's map followed by every stage's. */
  public List<Tensor> maps(Tensor pixels) {
    Tensor x = stem.get(0).apply(pixels);
    for (StandardizedConv2d layer : stem.subList(1, stem.size())) {
      x = activation.apply(x, layer);
    }
    List<Tensor> maps = new ArrayList<>(List.of(x));
    for (List<NfnetBlock> stage : stages) {
      for (NfnetBlock block : stage) {
        x = block.apply(x);
      }
      maps.add(x);
    }
    return List.copyOf(maps);
  }

  @Override
  public Tensor patches(Tensor pixels) {
    return map(pixels).reshape(0, config.width(), -1).transpose(0, 2, 1);
  }
}
