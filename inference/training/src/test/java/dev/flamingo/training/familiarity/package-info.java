@NullMarked
package dev.flamingo.training.familiarity;

import org.jspecify.annotations.NullMarked;
