/** From frames to windows of visual tokens. */
@NullMarked
package dev.flamingo.job.video;

import org.jspecify.annotations.NullMarked;
