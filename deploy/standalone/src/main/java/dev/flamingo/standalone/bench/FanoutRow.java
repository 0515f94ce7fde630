package dev.flamingo.standalone.bench;

/**
 * What many clients of one gateway get.
 *
 * @param clients wanted
 * @param listening connected, with a question of its own each
 * @param offeredPerSecond deltas published in a second, for all clients together
 * @param deliveredPerSecond deltas that arrived in a second
 * @param lost deltas that never arrived
 * @param p50Ms milliseconds from publishing a delta to its client's having it, of half of them
 * @param p99Ms of 99 in 100
 * @param maxMs of the slowest
 * @param serverCores processors that the process with Kafka, the gateway and the publisher kept
 *     busy
 * @param clientCores processors that the clients' process kept busy
 */
record FanoutRow(
    int clients,
    int listening,
    int offeredPerSecond,
    double deliveredPerSecond,
    long lost,
    double p50Ms,
    double p99Ms,
    double maxMs,
    double serverCores,
    double clientCores) {}
