/** The Flink job: frames are encoded once, remembered as windows, and asked about. */
@NullMarked
package dev.flamingo.job;

import org.jspecify.annotations.NullMarked;
