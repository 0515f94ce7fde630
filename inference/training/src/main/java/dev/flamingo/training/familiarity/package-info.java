/** What the street model knows of its training, and how well it recognises other things. */
@NullMarked
package dev.flamingo.training.familiarity;

import org.jspecify.annotations.NullMarked;
