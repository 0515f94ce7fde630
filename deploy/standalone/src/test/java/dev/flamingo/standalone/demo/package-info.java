@NullMarked
package dev.flamingo.standalone.demo;

import org.jspecify.annotations.NullMarked;
