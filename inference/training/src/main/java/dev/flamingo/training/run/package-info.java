/** What every training run is made of: a model in memory, its first weights, features in files. */
@NullMarked
package dev.flamingo.training.run;

import org.jspecify.annotations.NullMarked;
