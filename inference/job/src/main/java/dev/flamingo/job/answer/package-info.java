/** From questions and windows to answers. */
@NullMarked
package dev.flamingo.job.answer;

import org.jspecify.annotations.NullMarked;
