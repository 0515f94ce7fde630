/** Learnt values on the heap and in safetensors files, without any engine. */
@NullMarked
package dev.flamingo.model.checkpoint;

import org.jspecify.annotations.NullMarked;
