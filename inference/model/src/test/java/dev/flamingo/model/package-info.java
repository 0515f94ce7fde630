@NullMarked
package dev.flamingo.model;

import org.jspecify.annotations.NullMarked;
