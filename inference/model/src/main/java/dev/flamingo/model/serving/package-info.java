/**
 * Frames to features, windows to visual tokens, questions to answers, through DJL's OnnxRuntime
 * engine.
 */
@NullMarked
package dev.flamingo.model.serving;

import org.jspecify.annotations.NullMarked;
