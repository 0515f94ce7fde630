package dev.flamingo.model.serving;

/**
 * The most probable next token.
 *
 * @param token its id
 * @param probability among all tokens of the vocabulary
 * @param ends whether it ends the answer
 */
record TokenChoice(long token, double probability, boolean ends) {}
