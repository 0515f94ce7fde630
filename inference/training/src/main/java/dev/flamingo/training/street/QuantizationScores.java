package dev.flamingo.training.street;

/**
 * What quantised weights cost and bring, on the same clips.
 *
 * @param quantization how the weights are kept
 * @param fp32 what the model scores with its weights as they are
 * @param quantized what it scores with quantised ones
 * @param lossPoints how many of a hundred questions it answers less; negative where more
 * @param tokensPerSecond how fast it says captions, one at a time
 */
public record QuantizationScores(
    String quantization,
    StreetScores fp32,
    StreetScores quantized,
    double lossPoints,
    Speed tokensPerSecond) {

  /**
   * Tokens of captions in a second, the reading of their prompts included.
   *
   * @param ratio the quantised one's over the other's
   */
  public record Speed(double fp32, double quantized, double ratio) {}
}
