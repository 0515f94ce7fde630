package dev.flamingo.standalone.bench;

import org.jspecify.annotations.Nullable;

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
 * @param answersMs milliseconds for the same answers, prompts included, with a call of the engine
 *     for every token; null where this is not compared
 * @param oneCallMs the same with one call for all of them
 * @param oneCallTimesFaster the former by the latter
 */
record DecodeRow(
    String model,
    String weights,
    int batch,
    double tokensPerSecond,
    double weightMib,
    double bandwidthGibps,
    double limitTokensPerSecond,
    double shareOfLimit,
    @Nullable Double answersMs,
    @Nullable Double oneCallMs,
    @Nullable Double oneCallTimesFaster) {}
