/** Flamingo's layers (arXiv 2204.14198, section 2), written once for every backend. */
@NullMarked
package dev.flamingo.model.nn;

import org.jspecify.annotations.NullMarked;
