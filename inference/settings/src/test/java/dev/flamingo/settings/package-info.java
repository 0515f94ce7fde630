/** Tests of how records are filled. */
@NullMarked
package dev.flamingo.settings;

import org.jspecify.annotations.NullMarked;
