/**
 * Checks streams against scripted sources, a real camera on the loopback interface and a real
 * Kafka.
 */
@NullMarked
package dev.flamingo.ingest;

import org.jspecify.annotations.NullMarked;
