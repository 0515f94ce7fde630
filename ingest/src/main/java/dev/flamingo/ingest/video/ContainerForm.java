package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avformat.AVFMT_NOTIMESTAMPS;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_TS_DISCONT;
import static org.bytedeco.ffmpeg.global.avformat.avio_size;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;

/**
 * What an opened container is known for: whether it has times, an end, a length. Reads the
 * container, which is its input's.
 *
 * @param container opened
 * @param feed the pictures that are read in its place, if they are
 */
record ContainerForm(AVFormatContext container, @Nullable PictureFeed feed) {

  private static final long NO_TIME = AV_NOPTS_VALUE();
  private static final long LAST_SECONDS = 2_000_000;
  private static final long ONE_HOUR = 3_600_000_000L;
  private static final String MP4 = "mov,mp4,m4a,3gp,3g2,mj2";
  private static final String MATROSKA = "matroska,webm";

  /** Whether packets carry times, rather than FFmpeg counting pictures at an assumed rate. */
  boolean timed() {
    return feed == null ? (container.iformat().flags() & AVFMT_NOTIMESTAMPS) == 0 : feed.timed();
  }

  /** Whether a picture ends only where the next begins, so that it is read when that one comes. */
  boolean holdsBack() {
    return feed == null && !timed() && !isFormat("mpjpeg");
  }

  /**
   * How long a picture may stand by the difference of two timestamps, in microseconds; what is
   * longer is a clock that was set. A format whose clock may be set does not tell the two apart:
   * there it is FFmpeg's own bound for files, while a live playlist is not to stand still at its
   * discontinuities.
   *
   * @param live whether the source is live
   */
  long longestStill(boolean live) {
    boolean mayJump = feed == null && (container.iformat().flags() & AVFMT_TS_DISCONT) != 0;
    if (mayJump || segmented()) {
      return live ? 2_000_000 : 10_000_000;
    }
    return Math.max(ONE_HOUR, container.duration());
  }

  /**
   * True if there is a promise that this ends. FFmpeg's duration alone is none: of fragmented MP4
   * it adds up what it has read so far, and what a header says before the end is known, as in FLV,
   * AVI and IVF, is anything. MP4 lists its packets unless it is fragmented, and Matroska's header
   * has a duration only where that was known.
   *
   * @param video the stream that is shown
   */
  boolean promisesAnEnd(AVStream video) {
    if (container.duration() == NO_TIME || container.duration() <= 0) {
      return false;
    }
    if (segmented() || hasLength()) {
      return true;
    }
    return isFormat(MATROSKA) || (isFormat(MP4) && video.nb_frames() > 0);
  }

  /** True of a playlist whose sender has declared that nothing follows. */
  boolean closedPlaylist() {
    return segmented() && container.duration() != NO_TIME && container.duration() > 0;
  }

  /** True of RTSP whose description declares an end: a recording, sent in real time. */
  boolean isReplay() {
    return isFormat("rtsp") && container.duration() != NO_TIME && container.duration() > 0;
  }

  /**
   * Whether it should have gone on after a time, by the duration that it declares.
   *
   * @param micros microseconds since its start
   */
  boolean goesOnAfter(long micros) {
    return container.duration() != NO_TIME && micros < container.duration() - LAST_SECONDS;
  }

  /** True if the size of what is read is known; servers of endless bodies write absurd ones. */
  boolean hasLength() {
    AVIOContext body = container.pb();
    long length = body == null ? -1 : avio_size(body);
    return length >= 0 && (length < Integer.MAX_VALUE || body.seekable() != 0);
  }

  /** FFmpeg takes the end of a body whose length it does not know for an error. */
  boolean endsWithoutLength() {
    return container.pb() != null && !hasLength();
  }

  /**
   * True if pictures arrive in bursts of whole segments, so that only their own timestamps tell
   * them apart.
   */
  boolean segmented() {
    return isFormat("hls") || isFormat("dash");
  }

  private boolean isFormat(String name) {
    return container.iformat() != null && name.equals(container.iformat().name().getString());
  }

  /** Bytes of the body that were read so far; 0 where FFmpeg reads in another way. */
  long bytesRead() {
    AVIOContext body = container.pb();
    return body == null ? 0 : body.bytes_read();
  }

  /** True of text, which FFmpeg would show as a terminal's picture. */
  boolean isTerminal() {
    return isFormat("tty");
  }
}
