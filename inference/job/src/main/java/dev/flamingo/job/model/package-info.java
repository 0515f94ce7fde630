/** What the job sees of the model: batches in, batches out, opened once per JVM. */
@NullMarked
package dev.flamingo.job.model;

import org.jspecify.annotations.NullMarked;
