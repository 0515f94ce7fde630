/** The paper's ablations (tables 3 and 10) on a small model of the street, beside its own. */
@NullMarked
package dev.flamingo.training.ablation;

import org.jspecify.annotations.NullMarked;
