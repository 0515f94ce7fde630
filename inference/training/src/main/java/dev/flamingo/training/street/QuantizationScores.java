package dev.flamingo.training.street;

/**
 * What quantised weights cost and bring, on the same clips.
 *
 * @param fp32 what the model scores with its weights as they are
 * @param quantized what it scores with quantised ones
 * @param lossPoints how many of a hundred questions it answers less; negative where more
 * @param tokensPerSecond captioning speed, one caption at a time
 * @param changedByBatch how many answers and captions depend on what shares their batch
 */
public record QuantizationScores(
    StreetScores fp32,
    StreetScores quantized,
    double lossPoints,
    Speed tokensPerSecond,
    Changed changedByBatch) {

  /**
   * Tokens of captions in a second, the reading of their prompts included.
   *
   * @param ratio the quantised one's over the other's
   */
  public record Speed(double fp32, double quantized, double ratio) {}

  /**
   * The share, from 0 to 1, of answers and captions that change their words in a batch of sixteen.
   *
   * @param quantized the same with quantised weights
   */
  public record Changed(double fp32, double quantized) {}
}
