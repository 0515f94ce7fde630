@NullMarked
package dev.flamingo.model.nn;

import org.jspecify.annotations.NullMarked;
