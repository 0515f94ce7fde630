/** Operators whose failures end the record that they are about, and never the job. */
@NullMarked
package dev.flamingo.job.isolation;

import org.jspecify.annotations.NullMarked;
