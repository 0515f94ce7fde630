@NullMarked
package dev.flamingo.job.video;

import org.jspecify.annotations.NullMarked;
