@NullMarked
package dev.flamingo.job.kafka;

import org.jspecify.annotations.NullMarked;
