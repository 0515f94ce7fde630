/** Records of settings, filled from a properties file, the environment and flags. */
@NullMarked
package dev.flamingo.settings;

import org.jspecify.annotations.NullMarked;
