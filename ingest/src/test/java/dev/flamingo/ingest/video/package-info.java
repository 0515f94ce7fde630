/** Checks pictures and video against independent readers. */
@NullMarked
package dev.flamingo.ingest.video;

import org.jspecify.annotations.NullMarked;
