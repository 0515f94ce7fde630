package dev.flamingo.standalone.bench;

/**
 * One round of asking.
 *
 * @param firstTokenMs the mean of the questions
 * @param answerMs the mean of the questions
 * @param seconds until the last answer
 * @param encodes frames encoded
 * @param resamples windows resampled
 * @param keyValueBuilds windows whose keys and values were computed
 */
record AskSample(
    double firstTokenMs,
    double answerMs,
    double seconds,
    long encodes,
    long resamples,
    long keyValueBuilds) {}
