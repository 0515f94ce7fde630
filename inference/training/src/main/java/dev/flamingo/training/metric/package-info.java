/** The measures of public benchmarks: how near predictions come to the references. */
@NullMarked
package dev.flamingo.training.metric;

import org.jspecify.annotations.NullMarked;
