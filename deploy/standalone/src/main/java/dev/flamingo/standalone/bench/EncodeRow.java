package dev.flamingo.standalone.bench;

/**
 * How fast an encoder is.
 *
 * @param encoder which
 * @param weights fp32, or int8 where its convolutions compute in 8 bits
 * @param imageSize side of its pictures in pixels
 * @param batch frames at a time
 * @param framesPerSecond the median of the rounds
 * @param gflopsPerFrame billions of floating-point operations of one frame
 * @param gflopsPerSecond the two multiplied
 * @param peakGflopsPerSecond what the machine gives a large matrix product
 * @param shareOfPeak the one by the other
 */
record EncodeRow(
    String encoder,
    String weights,
    int imageSize,
    int batch,
    double framesPerSecond,
    double gflopsPerFrame,
    double gflopsPerSecond,
    double peakGflopsPerSecond,
    double shareOfPeak) {}
