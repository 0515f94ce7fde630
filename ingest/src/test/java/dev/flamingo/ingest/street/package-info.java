@NullMarked
package dev.flamingo.ingest.street;

import org.jspecify.annotations.NullMarked;
