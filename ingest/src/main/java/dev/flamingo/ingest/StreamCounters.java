package dev.flamingo.ingest;

/**
 * What one stream has done in this process.
 *
 * @param frames pictures sampled and handed to Kafka's client
 * @param dropped pictures lost because Kafka or this process did not keep up
 * @param corruptPackets packets that could not be decoded
 */
public record StreamCounters(long frames, long dropped, long corruptPackets) {}
