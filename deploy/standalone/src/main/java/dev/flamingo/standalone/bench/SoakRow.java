package dev.flamingo.standalone.bench;

/**
 * A minute of steady questions.
 *
 * @param minute minutes since the soak began; 0 is its start, after a warm-up
 * @param residentMib memory of this process then, native memory and Kafka's included
 * @param questions asked in that minute
 * @param failed of them
 * @param unanswered of them
 * @param questionP99Ms milliseconds to the answer, of 99 in 100
 */
record SoakRow(
    double minute,
    double residentMib,
    long questions,
    long failed,
    long unanswered,
    double questionP99Ms) {}
