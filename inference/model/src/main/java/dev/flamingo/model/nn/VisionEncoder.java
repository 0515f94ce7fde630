package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;

/** Frames to features, each frame on its own (section 2.1). */
public interface VisionEncoder {

  /**
   * Returns the features of frames as a sequence of patches, row by row.
   *
   * @param pixels normalised pictures {@code [frames, 3, height, width]}
   * @return {@code [frames, patches, channels]}
   */
  Tensor patches(Tensor pixels);

  /** Builds the encoder of a configuration. */
  static VisionEncoder of(VisionConfig config, Parameters parameters) {
    if (config instanceof NfnetConfig nfnet) {
      return new Nfnet(nfnet, parameters);
    }
    return new ClipVit((ClipVitConfig) config, parameters);
  }
}
