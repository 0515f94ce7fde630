@NullMarked
package dev.flamingo.job;

import org.jspecify.annotations.NullMarked;
