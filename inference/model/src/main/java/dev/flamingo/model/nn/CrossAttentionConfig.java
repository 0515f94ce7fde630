package dev.flamingo.model.nn;

/**
 * The shape of the gated cross-attention layers.
 *
 * @param every one layer before every so many-th block of the language model, the first before
 *     block 0
 * @param visual width of the visual tokens
 * @param heads number of attention heads
 * @param headWidth width of one head
 * @param activation of the feed-forward layers
 */
public record CrossAttentionConfig(
    int every, int visual, int heads, int headWidth, Activation activation) {}
