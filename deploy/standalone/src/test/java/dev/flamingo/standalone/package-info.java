@NullMarked
package dev.flamingo.standalone;

import org.jspecify.annotations.NullMarked;
