package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_guess_frame_rate;
import static org.bytedeco.ffmpeg.global.avformat.av_guess_sample_aspect_ratio;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_seek_file;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.AV_ROUND_DOWN;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale_q_rnd;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * The video stream of one opened address: where it is in its container, and its times. Confined to
 * one thread, whose blocking calls its {@link Deadline} ends.
 */
final class VideoInput implements AutoCloseable {

  private static final long NO_TIME = AV_NOPTS_VALUE();

  private final VideoAddress address;
  private final Deadline deadline;
  private final AVFormatContext container;
  private final AVRational micros = av_make_q(1, 1_000_000);
  private final FailureReason reason;
  private final PacketReader packets;
  private final @Nullable PictureFeed feed;
  private final @Nullable ServerAnswer answer;
  private @Nullable VideoTrack track;

  private VideoInput(
      VideoAddress address,
      Deadline deadline,
      AVFormatContext container,
      FailureReason reason,
      @Nullable PictureFeed feed,
      @Nullable ServerAnswer answer) {
    this.address = address;
    this.deadline = deadline;
    this.container = container;
    this.reason = reason;
    this.feed = feed;
    this.answer = answer;
    this.packets =
        new PacketReader(
            address,
            deadline,
            new ContainerForm(container, feed),
            reason,
            feed == null ? into -> av_read_frame(container, into) : feed::read);
  }

  /**
   * Takes over a connection.
   *
   * @param container opened already; the input's from here on
   * @param answer what the container is read from, the input's from here on; null if FFmpeg has
   *     opened it itself
   */
  static VideoInput of(
      VideoAddress address,
      Deadline deadline,
      AVFormatContext container,
      FailureReason reason,
      @Nullable ServerAnswer answer) {
    return new VideoInput(address, deadline, container, reason, /* feed= */ null, answer);
  }

  /** Takes over pictures that are read in place of a container. */
  static VideoInput of(
      VideoAddress address, Deadline deadline, FailureReason reason, PictureFeed feed) {
    AVFormatContext container = avformat_alloc_context();
    return new VideoInput(address, deadline, container, reason, feed, /* answer= */ null);
  }

  /**
   * Connects and probes.
   *
   * @throws VideoException if any of it fails or takes longer than the address allows
   */
  static VideoInput open(VideoAddress address, Deadline deadline) {
    VideoInput input = connect(address, deadline, new SourceHistory());
    try {
      input.probe();
      return input;
    } catch (VideoException e) {
      input.close();
      throw e;
    }
  }

  /**
   * Connects, so that what the address offers is known, but not yet the video in it.
   *
   * @param history what earlier openings have shown
   * @throws VideoException if that fails or takes longer than the address allows
   */
  static VideoInput connect(VideoAddress address, Deadline deadline, SourceHistory history) {
    return new VideoConnector(address, deadline, history).connect();
  }

  /**
   * Finds the video.
   *
   * @throws VideoException if there is none, or it takes longer than the address allows
   */
  void probe() {
    VideoTrack found = find();
    track = found;
    packets.follow(found);
  }

  private VideoTrack find() {
    PictureFeed pictures = feed;
    if (pictures != null) {
      int code = pictures.describe(container);
      if (code < 0) {
        throw reason.opening(code);
      }
      return VideoTrack.of(container, 0);
    }
    if (form().isTerminal()) {
      // FFmpeg would render any text as a terminal's picture.
      throw reason.opening(AVERROR_INVALIDDATA());
    }
    int code = avformat_find_stream_info(container, (PointerPointer<?>) null);
    if (deadline.expired()) {
      throw reason.opening(AVERROR_EXIT());
    }
    if (code < 0) {
      throw reason.opening(code);
    }
    int index =
        form().segmented()
            ? new Qualities(container, address.enough()).best()
            : av_find_best_stream(container, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
    if (index < 0) {
      throw new VideoException("there is no video in " + address.name());
    }
    VideoTrack found = VideoTrack.of(container, index);
    found.leaveOutOthers(/* qualities= */ form().segmented());
    return found;
  }

  /**
   * Adds to a decoded picture what the container alone knows: the shape of its pixels.
   *
   * @param picture of this video
   */
  void complete(AVFrame picture) {
    picture.sample_aspect_ratio(av_guess_sample_aspect_ratio(container, video(), picture));
  }

  /** What the container is known for. */
  ContainerForm form() {
    return new ContainerForm(container, feed);
  }

  /** The packets that were skipped because they could not be read or decoded. */
  CorruptPackets corrupt() {
    return packets.corrupt();
  }

  /** The packets of the video that is shown. */
  PacketReader packets() {
    return packets;
  }

  /** A time of the stream in microseconds. */
  long micros(long ticks) {
    return av_rescale_q_rnd(ticks, video().time_base(), micros, AV_ROUND_DOWN);
  }

  /**
   * When a decoded picture is shown, in microseconds; one without a time follows the one before it
   * at the frame rate.
   *
   * @param picture of this video
   * @param previous when the one before it is shown
   */
  long micros(AVFrame picture, long previous) {
    long ticks = picture.best_effort_timestamp();
    return ticks == NO_TIME ? previous + durationMicros(picture.duration()) : micros(ticks);
  }

  /**
   * How long a picture stays on the screen, in microseconds.
   *
   * @param ticks what its packet says; 0 if it says nothing
   */
  long durationMicros(long ticks) {
    if (ticks > 0) {
      return micros(ticks);
    }
    AVRational rate = av_guess_frame_rate(container, video(), (AVFrame) null);
    return rate.num() > 0 ? 1_000_000L * rate.den() / rate.num() : 40_000;
  }

  /** Goes back to the start. */
  void rewind() {
    int code =
        avformat_seek_file(
            container, -1, Long.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, AVSEEK_FLAG_BACKWARD);
    if (code < 0) {
      throw reason.reading("cannot start over", code, false);
    }
  }

  /** Where it was found: of several qualities that of the one that is read; never to be shown. */
  String url() {
    return address.url();
  }

  /** How messages call it, without credentials. */
  String name() {
    return address.name();
  }

  /** The stream that is shown now, which stays this object's. */
  AVStream video() {
    return track().stream();
  }

  private VideoTrack track() {
    VideoTrack found = track;
    if (found == null) {
      throw new IllegalStateException("the video of " + address.name() + " is not open");
    }
    return found;
  }

  @Override
  public void close() {
    if (track != null) {
      track.close();
    }
    PictureFeed pictures = feed;
    if (pictures != null) {
      pictures.close();
    }
    avformat_close_input(container);
    ServerAnswer connection = answer;
    if (connection != null) {
      connection.close();
    }
  }
}
