package dev.flamingo.model.onnx;

/**
 * How much a static answer graph takes: shorter prompts and smaller batches are padded.
 *
 * @param batch prompts
 * @param prompt tokens of a prompt
 * @param media media that a prompt shows, at least 1
 * @param answer tokens of an answer, its end included
 */
public record AnswerShape(int batch, int prompt, int media, int answer) {

  /**
   * Checks the lengths.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public AnswerShape {
    if (batch < 1 || prompt < 1 || media < 1 || answer < 1) {
      throw new IllegalArgumentException(
          "%d prompts of %d tokens and %d media with answers of %d tokens make no graph: take at least 1 of each"
              .formatted(batch, prompt, media, answer));
    }
  }

  /**
   * Checks that a model can read such prompts.
   *
   * @param context the longest sequence that the language model takes, in tokens
   * @throws IllegalArgumentException if a prompt would leave no room for an answer
   */
  public void checkContext(int context) {
    if (prompt >= context) {
      throw new IllegalArgumentException(
          "prompts of %d tokens leave no room in the model's %d: take a shape of shorter ones"
              .formatted(prompt, context));
    }
  }

  /** Returns whether a prompt and its answer fit in. */
  public boolean holds(int promptTokens, int promptMedia, int answerTokens) {
    return promptTokens <= prompt && promptMedia <= media && answerTokens <= answer;
  }

  /** Returns this for another number of prompts. */
  public AnswerShape withBatch(int prompts) {
    return new AnswerShape(prompts, prompt, media, answer);
  }

  @Override
  public String toString() {
    return "%dx%d-media-%d-answer-%d".formatted(batch, prompt, media, answer);
  }
}
