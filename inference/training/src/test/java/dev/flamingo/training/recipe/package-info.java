@NullMarked
package dev.flamingo.training.recipe;

import org.jspecify.annotations.NullMarked;
