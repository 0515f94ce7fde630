/**
 * The synthetic street camera: a small world that is drawn from a seed, with the truth about every
 * frame.
 */
@NullMarked
package dev.flamingo.ingest.street;

import org.jspecify.annotations.NullMarked;
