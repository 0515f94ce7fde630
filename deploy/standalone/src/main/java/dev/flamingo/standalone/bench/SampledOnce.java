package dev.flamingo.standalone.bench;

/**
 * One reading of a file.
 *
 * @param pictures how many came out
 * @param cpuSeconds of processors, user and system
 */
record SampledOnce(long pictures, double cpuSeconds) {}
