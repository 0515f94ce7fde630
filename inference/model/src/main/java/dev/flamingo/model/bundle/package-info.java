/** A model as a folder, and the ways from text and pictures to the numbers it takes. */
@NullMarked
package dev.flamingo.model.bundle;

import org.jspecify.annotations.NullMarked;
