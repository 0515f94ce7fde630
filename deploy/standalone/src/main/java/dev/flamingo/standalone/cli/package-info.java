/** The command line. */
@NullMarked
package dev.flamingo.standalone.cli;

import org.jspecify.annotations.NullMarked;
