/**
 * What the job writes into its state: records that are made for storage, each with a name and a
 * version. Nothing else goes into keyed, operator or broadcast state, or waits in an asynchronous
 * operator; operators convert at their edge, so that everything else may change freely.
 */
@NullMarked
package dev.flamingo.job.state;

import org.jspecify.annotations.NullMarked;
