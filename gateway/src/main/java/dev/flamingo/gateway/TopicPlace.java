package dev.flamingo.gateway;

/**
 * The place of a record within its topic.
 *
 * @param partition of the topic
 * @param offset within the partition
 */
record TopicPlace(int partition, long offset) {}
