package dev.flamingo.model.onnx;

/**
 * What a model may say.
 *
 * @param barred for every token of the vocabulary whether it never stands in an answer
 * @param ends for every token of the vocabulary whether it ends an answer
 */
public record AnswerTokens(boolean[] barred, boolean[] ends) {}
