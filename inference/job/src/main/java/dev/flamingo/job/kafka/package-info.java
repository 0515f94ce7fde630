/** Records as Kafka has them, going in and out. */
@NullMarked
package dev.flamingo.job.kafka;

import org.jspecify.annotations.NullMarked;
