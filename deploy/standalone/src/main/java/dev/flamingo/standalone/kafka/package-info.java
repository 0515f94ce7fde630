/** A Kafka of one node in this process. */
@NullMarked
package dev.flamingo.standalone.kafka;

import org.jspecify.annotations.NullMarked;
