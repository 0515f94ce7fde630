/** What the street model knows of its training, and whether it tells that from other things. */
@NullMarked
package dev.flamingo.training.familiarity;

import org.jspecify.annotations.NullMarked;
