/** Pictures and videos, drawn ones and those of strangers, on the way that cameras' frames take. */
@NullMarked
package dev.flamingo.training.frame;

import org.jspecify.annotations.NullMarked;
