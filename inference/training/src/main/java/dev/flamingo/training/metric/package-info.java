/** The measures of public benchmarks: how near predictions come to what people said. */
@NullMarked
package dev.flamingo.training.metric;

import org.jspecify.annotations.NullMarked;
