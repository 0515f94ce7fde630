package dev.flamingo.model.nn;

/**
 * The shape of CLIP's vision transformer (arXiv 2103.00020).
 *
 * @param patch side of a patch in pixels
 * @param grid patches on a side: positions are learnt for pictures of {@code patch * grid} pixels
 * @param width channels of a patch
 * @param layers number of blocks
 * @param heads number of attention heads; a head is {@code width / heads} wide
 * @param inner width inside the feed-forward layers
 * @param activation of the feed-forward layers
 * @param classToken whether the class token comes before the patches in the result: IDEFICS has it,
 *     OpenFlamingo not
 * @param finalNorm whether the result is normalised: neither of them does, newer OpenCLIP releases
 *     do
 */
public record ClipVitConfig(
    int patch,
    int grid,
    int width,
    int layers,
    int heads,
    int inner,
    Activation activation,
    boolean classToken,
    boolean finalNorm)
    implements VisionConfig {

  /** Returns OpenAI's ViT-L/14 for 224 pixels as OpenFlamingo reads it: patches, not normalised. */
  public static ClipVitConfig large14() {
    return new ClipVitConfig(14, 16, 1024, 24, 16, 4096, Activation.QUICK_GELU, false, false);
  }

  /** Returns OpenCLIP's ViT-H/14 for 224 pixels as IDEFICS reads it: with the class token. */
  public static ClipVitConfig huge14() {
    return new ClipVitConfig(14, 16, 1280, 32, 16, 5120, Activation.GELU, true, false);
  }

  /** Returns this shape with or without the class token and the normalisation. */
  public ClipVitConfig returning(boolean classToken, boolean finalNorm) {
    return new ClipVitConfig(
        patch, grid, width, layers, heads, inner, activation, classToken, finalNorm);
  }

  @Override
  public int patches(int imageSize) {
    if (imageSize != patch * grid) {
      throw new IllegalArgumentException(
          "a picture of %d pixels is not %d patches of %d pixels: use %d"
              .formatted(imageSize, grid, patch, patch * grid));
    }
    return grid * grid + (classToken ? 1 : 0);
  }
}
