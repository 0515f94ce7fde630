package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_UNAUTHORIZED;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EIO;

import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;

/**
 * Pictures that a server sends as such: Motion JPEG of any dialect, and snapshots. An answer that
 * ends with its only picture is a snapshot: its address is asked again every second. Confined to
 * one thread.
 */
final class PictureFeed implements AutoCloseable {

  private static final long SECOND = 1_000_000_000;

  /** A camera may miss a request or two. */
  private static final int FAILURES_BORNE = 2;

  private final VideoAddress address;
  private final AVIOInterruptCB deadline;
  private final Stillness stillness;
  private final long began = System.nanoTime();

  private @Nullable AnswerPictures pictures;
  private byte @Nullable [] waiting;
  private byte[] current = new byte[0];
  private OptionalLong time = OptionalLong.empty();
  private boolean timed;
  private long lastMicros;
  private long lastArrival;
  private boolean snapshot;
  private long due = began;
  private int failures;

  /**
   * Begins with an answer.
   *
   * @param answer from here on this object's
   * @param deadline bounds every wait
   * @param stillness what earlier openings have seen
   */
  PictureFeed(
      VideoAddress address, ServerAnswer answer, AVIOInterruptCB deadline, Stillness stillness) {
    this.address = address;
    this.deadline = deadline;
    this.stillness = stillness;
    AnswerPictures first = new AnswerPictures(answer);
    this.pictures = first;
    this.snapshot = !first.multipart() && (first.bounded() || stillness.known());
  }

  /**
   * Waits for the first picture, which is read again, and describes it as the container's stream.
   *
   * @return negative if none comes, as FFmpeg would report it
   * @throws VideoStalledException as {@link #read} does
   */
  int describe(AVFormatContext container) {
    int code = next();
    if (code < 0) {
      return code;
    }
    waiting = current;
    timed = time.isPresent();
    AVStream stream = avformat_new_stream(container, (AVCodec) null);
    stream.time_base(av_make_q(1, 1_000_000));
    stream.codecpar().codec_type(AVMEDIA_TYPE_VIDEO).codec_id(StillKind.of(current).codec());
    return 0;
  }

  /**
   * Waits for the next picture.
   *
   * @param into receives it
   * @return negative if there is none, as FFmpeg would report it
   * @throws VideoStalledException if a snapshot does not change for too long, or what comes is no
   *     picture
   */
  int read(AVPacket into) {
    byte[] picture = waiting;
    waiting = null;
    if (picture == null) {
      int code = next();
      if (code < 0) {
        return code;
      }
      picture = current;
    }
    int code = av_new_packet(into, picture.length);
    if (code < 0) {
      return code;
    }
    into.data().put(picture);
    long micros = micros();
    into.pts(micros).dts(micros).stream_index(0).flags(AV_PKT_FLAG_KEY);
    return 0;
  }

  /**
   * Whether its pictures have the times at which the camera took them, and not of their arrival.
   */
  boolean timed() {
    return timed;
  }

  private long micros() {
    long arrival = (System.nanoTime() - began) / 1000;
    // One without a time follows the one before it.
    lastMicros = timed ? time.orElse(lastMicros + arrival - lastArrival) : arrival;
    lastArrival = arrival;
    return lastMicros;
  }

  private int next() {
    while (true) {
      AnswerPictures open = pictures;
      int code = open == null ? ask() : open.next();
      if (open != null && code == 0) {
        time = open.time();
        take(open.picture());
        return 0;
      }
      if (open != null) {
        code = ended(open, code);
      }
      if (code < 0) {
        return code;
      }
    }
  }

  private void take(byte[] picture) {
    current = picture;
    failures = 0;
    if (!snapshot) {
      return;
    }
    close();
    if (stillness.isStale(picture, System.nanoTime())) {
      throw new VideoStalledException(
          "the snapshot at %s has been the same for %d s"
              .formatted(address.name(), stillness.patience().toSeconds()));
    }
  }

  private int ended(AnswerPictures open, int code) {
    if (open.isGarbage(code)) {
      throw new VideoStalledException(
          address.name() + " sends data, but no whole picture within the time allowed");
    }
    close();
    // So ends a body of which no length was announced.
    boolean whole = code == AVERROR_EOF() || code == AVERROR_EIO();
    snapshot |= whole && !open.multipart() && open.count() == 1;
    if (!snapshot) {
      return whole && open.count() > 0 ? AVERROR_EOF() : code;
    }
    return open.count() > 0 ? 0 : failed(whole ? AVERROR_INVALIDDATA() : code);
  }

  private int failed(int code) {
    boolean decided = code == AVERROR_EXIT() || code == AVERROR_HTTP_UNAUTHORIZED();
    return decided || ++failures > FAILURES_BORNE ? code : 0;
  }

  /** Asks for the next snapshot when it is due. */
  private int ask() {
    due = Math.max(due + SECOND, System.nanoTime());
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        return AVERROR_EXIT();
      }
    }
    try {
      pictures = new AnswerPictures(ServerAnswer.to(address, deadline));
      return 0;
    } catch (ServerAnswer.Refused e) {
      return failed(e.code());
    }
  }

  @Override
  public void close() {
    AnswerPictures open = pictures;
    if (open != null) {
      pictures = null;
      open.close();
    }
  }
}
