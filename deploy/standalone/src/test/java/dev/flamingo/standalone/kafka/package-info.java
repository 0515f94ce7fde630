@NullMarked
package dev.flamingo.standalone.kafka;

import org.jspecify.annotations.NullMarked;
