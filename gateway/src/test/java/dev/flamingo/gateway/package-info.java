/** Checks the gateway with a real Kafka, and clients that behave and that do not. */
@NullMarked
package dev.flamingo.gateway;

import org.jspecify.annotations.NullMarked;
