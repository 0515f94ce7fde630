@NullMarked
package dev.flamingo.standalone.bench;

import org.jspecify.annotations.NullMarked;
