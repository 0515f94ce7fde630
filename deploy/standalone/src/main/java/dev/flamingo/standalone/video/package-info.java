/** Questions about a video file, without any server. */
@NullMarked
package dev.flamingo.standalone.video;

import org.jspecify.annotations.NullMarked;
