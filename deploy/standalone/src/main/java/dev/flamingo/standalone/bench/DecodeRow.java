package dev.flamingo.standalone.bench;

/**
 * How fast a language model speaks.
 *
 * @param model which
 * @param weights how its weights are stored
 * @param batch answers at a time
 * @param tokensPerSecond of all answers together, behind each one's first token
 * @param weightMib what one step reads of weights, in MiB
 * @param bandwidthGibps what this machine reads of memory in a second, in GiB
 * @param limitTokensPerSecond as many tokens as a machine of this bandwidth could speak if reading
 *     the weights were all it did
 * @param shareOfLimit the tokens spoken by that
 */
record DecodeRow(
    String model,
    String weights,
    int batch,
    double tokensPerSecond,
    double weightMib,
    double bandwidthGibps,
    double limitTokensPerSecond,
    double shareOfLimit) {}
