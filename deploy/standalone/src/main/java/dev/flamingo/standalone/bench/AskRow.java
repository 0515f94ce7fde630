package dev.flamingo.standalone.bench;

/**
 * What questions cost.
 *
 * @param questions how many are asked at once
 * @param windows of how many windows they are
 * @param firstTokenMs from asking to a question's first token where windows are cached: the mean of
 *     the questions, the median of the rounds
 * @param answerMs from asking to its whole answer, likewise
 * @param questionsPerSecond all questions by the time until the last is answered
 * @param encodes frames that were encoded for them
 * @param resamples windows that were resampled for them
 * @param keyValueBuilds windows whose keys and values were computed for them
 * @param againFirstTokenMs as firstTokenMs, where every question encodes and resamples its frames
 * @param againAnswerMs as answerMs, likewise
 * @param againEncodes as encodes, likewise
 * @param againResamples as resamples, likewise
 * @param againKeyValueBuilds as keyValueBuilds, likewise
 * @param timesCheaper the time until the last answer with encoding again, by that without
 */
record AskRow(
    int questions,
    int windows,
    double firstTokenMs,
    double answerMs,
    double questionsPerSecond,
    long encodes,
    long resamples,
    long keyValueBuilds,
    double againFirstTokenMs,
    double againAnswerMs,
    long againEncodes,
    long againResamples,
    long againKeyValueBuilds,
    double timesCheaper) {}
