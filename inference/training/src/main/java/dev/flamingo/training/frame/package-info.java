/** Drawn pictures on the way that real ones take. */
@NullMarked
package dev.flamingo.training.frame;

import org.jspecify.annotations.NullMarked;
