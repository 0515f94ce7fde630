/** Flamingo (arXiv 2204.14198): the architecture as a value, without anything of streaming. */
@NullMarked
package dev.flamingo.model;

import org.jspecify.annotations.NullMarked;
