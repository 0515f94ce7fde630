@NullMarked
package dev.flamingo.model.familiarity;

import org.jspecify.annotations.NullMarked;
