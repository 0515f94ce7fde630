/** How like its training pictures and questions are: statistics that a bundle may carry. */
@NullMarked
package dev.flamingo.model.familiarity;

import org.jspecify.annotations.NullMarked;
