/**
 * The sixteen benchmarks of Flamingo's first table: their authors' files, prompts, answers and
 * scores.
 */
@NullMarked
package dev.flamingo.training.benchmark;

import org.jspecify.annotations.NullMarked;
