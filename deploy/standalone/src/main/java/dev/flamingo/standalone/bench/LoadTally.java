package dev.flamingo.standalone.bench;

/**
 * What a job under load did in a while.
 *
 * @param frames published
 * @param framesDropped that are in no window although frames before and after them are
 * @param askableP50Ms milliseconds from the capture of a window's last frame to its visual tokens
 *     in Kafka, of half of the windows
 * @param askableP99Ms of 99 in 100
 * @param questions asked
 * @param failed questions that ended in a failure
 * @param unanswered questions that have not ended yet
 * @param questionP50Ms milliseconds from asking to the answer in Kafka, of half of the questions
 * @param questionP99Ms of 99 in 100
 * @param captions that were made
 */
record LoadTally(
    long frames,
    long framesDropped,
    double askableP50Ms,
    double askableP99Ms,
    long questions,
    long failed,
    long unanswered,
    double questionP50Ms,
    double questionP99Ms,
    long captions) {}
