/** Pictures and video through FFmpeg: JPEG encoding, fitting, decoding and sampling. */
@NullMarked
package dev.flamingo.ingest.video;

import org.jspecify.annotations.NullMarked;
