@NullMarked
package dev.flamingo.standalone.video;

import org.jspecify.annotations.NullMarked;
