@NullMarked
package dev.flamingo.job.isolation;

import org.jspecify.annotations.NullMarked;
