/** Streams from the registry, sampled and published to Kafka, shared among processes. */
@NullMarked
package dev.flamingo.ingest;

import org.jspecify.annotations.NullMarked;
