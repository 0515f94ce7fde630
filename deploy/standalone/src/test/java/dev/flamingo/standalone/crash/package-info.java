@NullMarked
package dev.flamingo.standalone.crash;

import org.jspecify.annotations.NullMarked;
