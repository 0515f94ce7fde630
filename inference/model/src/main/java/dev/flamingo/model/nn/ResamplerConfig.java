package dev.flamingo.model.nn;

/**
 * The shape of a Perceiver Resampler.
 *
 * @param input channels of the vision encoder's map; projected to the width where they differ
 * @param width width of latents and of visual tokens
 * @param depth number of layers
 * @param heads number of attention heads
 * @param headWidth width of one head
 * @param latents number of visual tokens it returns
 * @param frames number of learnt time embeddings; 0 for none
 * @param activation of the feed-forward layers
 */
public record ResamplerConfig(
    int input,
    int width,
    int depth,
    int heads,
    int headWidth,
    int latents,
    int frames,
    Activation activation) {}
