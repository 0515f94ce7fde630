/** The contract between the services: topics, events and how they are written. */
@NullMarked
package dev.flamingo.events;

import org.jspecify.annotations.NullMarked;
