@NullMarked
package dev.flamingo.job.model;

import org.jspecify.annotations.NullMarked;
