package dev.flamingo.model.nn;

/**
 * The shape of a resampler.
 *
 * @param input channels of the vision encoder's map; projected to the width where they differ
 * @param width width of latents and of visual tokens
 * @param depth number of layers
 * @param heads number of attention heads
 * @param headWidth width of one head
 * @param latents number of visual tokens it returns
 * @param frames number of learnt time embeddings; 0 for none
 * @param activation of the feed-forward layers
 * @param kind how features become visual tokens
 * @param interpolation how windows longer than {@code frames} use the time embeddings
 */
public record ResamplerConfig(
    int input,
    int width,
    int depth,
    int heads,
    int headWidth,
    int latents,
    int frames,
    Activation activation,
    ResamplerKind kind,
    TimeInterpolation interpolation) {

  /** Makes the paper's Perceiver Resampler. */
  public ResamplerConfig(
      int input,
      int width,
      int depth,
      int heads,
      int headWidth,
      int latents,
      int frames,
      Activation activation) {
    this(
        input,
        width,
        depth,
        heads,
        headWidth,
        latents,
        frames,
        activation,
        ResamplerKind.PERCEIVER,
        TimeInterpolation.ENDS);
  }

  /** Returns this shape as another kind, with so many layers. */
  public ResamplerConfig as(ResamplerKind other, int layers) {
    return new ResamplerConfig(
        input, width, layers, heads, headWidth, latents, frames, activation, other, interpolation);
  }

  /** Returns this shape for features of so many channels. */
  public ResamplerConfig reading(int channels) {
    return new ResamplerConfig(
        channels, width, depth, heads, headWidth, latents, frames, activation, kind, interpolation);
  }

  /** Returns this shape with so many visual tokens. */
  public ResamplerConfig returning(int tokens) {
    return new ResamplerConfig(
        input, width, depth, heads, headWidth, tokens, frames, activation, kind, interpolation);
  }

  /**
   * Returns the mix of learnt time embeddings for every frame of a window.
   *
   * @return {@code [windowFrames, frames]}, see {@link TimeEmbedding}
   */
  public float[] timeWeights(int windowFrames) {
    return TimeEmbedding.weights(windowFrames, frames, interpolation);
  }
}
