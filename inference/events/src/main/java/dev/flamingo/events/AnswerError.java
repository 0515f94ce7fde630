package dev.flamingo.events;

/**
 * Why there is no answer.
 *
 * @param message one sentence
 */
public record AnswerError(ErrorCode code, String message) {}
