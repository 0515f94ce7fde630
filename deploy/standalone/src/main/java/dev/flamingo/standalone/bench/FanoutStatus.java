package dev.flamingo.standalone.bench;

import org.jspecify.annotations.Nullable;

/**
 * How the clients of a fan-out are, as they say themselves.
 *
 * @param listening clients whose question was taken
 * @param failed clients that could not connect or were closed
 * @param problem what happened to the first of these; null if there is none
 * @param received deltas that arrived
 * @param seconds from the first one to the last
 * @param p50Ms milliseconds from sending to arriving of half of them
 * @param p99Ms of 99 in 100
 * @param maxMs of the slowest
 * @param cpuSeconds of processors that the clients' process has used
 */
record FanoutStatus(
    int listening,
    int failed,
    @Nullable String problem,
    long received,
    double seconds,
    double p50Ms,
    double p99Ms,
    double maxMs,
    double cpuSeconds) {}
