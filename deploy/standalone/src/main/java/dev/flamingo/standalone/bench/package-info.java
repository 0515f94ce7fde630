/**
 * The project's own measurements. Ratios are of one run: what is compared takes turns, everything
 * is warmed up first, and the median of the rounds counts.
 */
@NullMarked
package dev.flamingo.standalone.bench;

import org.jspecify.annotations.NullMarked;
