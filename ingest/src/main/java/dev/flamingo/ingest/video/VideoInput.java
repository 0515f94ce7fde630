package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;
import static org.bytedeco.ffmpeg.global.avformat.av_guess_frame_rate;
import static org.bytedeco.ffmpeg.global.avformat.av_guess_sample_aspect_ratio;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_seek_file;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.AV_ROUND_DOWN;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale_q_rnd;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * The video stream of one opened address, packet by packet. Those that cannot be read or decoded
 * are skipped and counted. Confined to one thread, whose blocking calls its {@link Deadline} ends.
 */
final class VideoInput implements AutoCloseable {

  /** So many bad packets in a row mean that nothing good will come. */
  private static final int MAX_BAD_IN_A_ROW = 500;

  private static final long NO_TIME = AV_NOPTS_VALUE();

  private final VideoAddress address;
  private final Deadline deadline;
  private final AVFormatContext container;
  private final AVRational micros = av_make_q(1, 1_000_000);
  private @Nullable AVStream stream;
  private long corrupt;
  private int badInARow;

  private VideoInput(VideoAddress address, Deadline deadline, AVFormatContext container) {
    this.address = address;
    this.deadline = deadline;
    this.container = container;
  }

  /**
   * Connects and probes.
   *
   * @throws VideoException if any of it fails or takes longer than the address allows
   */
  static VideoInput open(VideoAddress address, Deadline deadline) {
    // FFmpeg's own messages quote addresses with their passwords.
    av_log_set_level(AV_LOG_QUIET);
    deadline.allow(address.openWithin());
    AVInputFormat format = format(address);
    AVFormatContext container = avformat_alloc_context();
    deadline.guard(container.interrupt_callback());
    AVDictionary options = new AVDictionary(null);
    address.options().forEach((key, value) -> av_dict_set(options, key, value, 0));
    // Frees the container itself when it fails.
    int code = avformat_open_input(container, address.url(), format, options);
    av_dict_free(options);
    if (code < 0) {
      throw cannotOpen(address, code);
    }
    VideoInput input = new VideoInput(address, deadline, container);
    try {
      input.findVideo();
      return input;
    } catch (VideoException e) {
      input.close();
      throw e;
    }
  }

  private static @Nullable AVInputFormat format(VideoAddress address) {
    String name = address.format();
    if (name == null) {
      return null;
    }
    if (name.equals("v4l2")) {
      registerDevices(address);
    }
    AVInputFormat format = av_find_input_format(name);
    if (format == null) {
      throw new VideoException(
          "cannot read " + address.name() + ": this ffmpeg has no " + name + " support");
    }
    return format;
  }

  private static void registerDevices(VideoAddress address) {
    try {
      avdevice.avdevice_register_all();
    } catch (LinkageError e) {
      throw new VideoException(
          "cannot read "
              + address.name()
              + ": ffmpeg's device library does not load; install libpulse0, libasound2 and libxcb-shm0");
    }
  }

  private void findVideo() {
    if (isFormat("tty")) {
      // FFmpeg would render any text as a terminal's picture.
      throw failure("cannot open", address, AVERROR_INVALIDDATA());
    }
    int code = avformat_find_stream_info(container, (PointerPointer<?>) null);
    if (code < 0) {
      throw failure("cannot read the header of", address, code);
    }
    int index = av_find_best_stream(container, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
    if (index < 0) {
      throw new VideoException("there is no video in " + address.name());
    }
    AVStream video = container.streams(index);
    for (int i = 0; i < container.nb_streams(); i++) {
      if (i != index) {
        container.streams(i).discard(org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_ALL);
      }
    }
    stream = video;
  }

  /** True if nobody knows when this ends. */
  boolean endless() {
    return container.duration() == NO_TIME || container.duration() <= 0;
  }

  /**
   * True if pictures arrive in bursts of whole segments, so that only their own timestamps tell
   * them apart.
   */
  boolean segmented() {
    return isFormat("hls") || isFormat("dash");
  }

  private boolean isFormat(String name) {
    return name.equals(container.iformat().name().getString());
  }

  /**
   * Adds to a decoded picture what the container alone tells: the shape of its pixels.
   *
   * @param picture of this video
   */
  void complete(AVFrame picture) {
    picture.sample_aspect_ratio(av_guess_sample_aspect_ratio(container, video(), picture));
  }

  /** Packets skipped so far because they could not be read or decoded. */
  long corruptPackets() {
    return corrupt;
  }

  /** Begins to wait for a picture: the address says for how long. */
  void await() {
    deadline.allow(address.readWithin());
  }

  /**
   * Reads the next packet.
   *
   * @return the packet, the caller's to free; null at the end
   * @throws VideoStalledException if the wait has become too long
   * @throws VideoException if reading failed
   */
  @Nullable AVPacket packet() {
    while (true) {
      AVPacket packet = av_packet_alloc();
      int code = av_read_frame(container, packet);
      if (code >= 0 && packet.stream_index() == video().index()) {
        return packet;
      }
      av_packet_free(packet);
      if (code == AVERROR_EOF()) {
        return null;
      }
      if (code < 0 && code != AVERROR_EAGAIN()) {
        if (code != AVERROR_INVALIDDATA()) {
          throw failure("lost", address, code);
        }
        countBad(code);
      }
    }
  }

  /**
   * Counts a packet that could not be read or decoded.
   *
   * @throws VideoException if there were too many since the last good one
   */
  void countBad(int code) {
    corrupt++;
    if (++badInARow > MAX_BAD_IN_A_ROW) {
      throw failure("found nothing but corrupt packets in", address, code);
    }
  }

  /** Says that a picture came out well. */
  void good() {
    badInARow = 0;
  }

  /** A time of the stream in microseconds. */
  long micros(long ticks) {
    return av_rescale_q_rnd(ticks, video().time_base(), micros, AV_ROUND_DOWN);
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
      throw failure("cannot start over", address, code);
    }
  }

  /** How messages call it, without credentials. */
  String name() {
    return address.name();
  }

  /** The stream itself, which stays this object's. */
  AVStream video() {
    AVStream open = stream;
    if (open == null) {
      throw new IllegalStateException("the stream of " + address.name() + " is not open");
    }
    return open;
  }

  private static VideoException cannotOpen(VideoAddress address, int code) {
    VideoException failure = failure("cannot open", address, code);
    if (address.hint().isEmpty()) {
      return failure;
    }
    String message = failure.getMessage() + "; " + address.hint();
    return failure instanceof VideoStalledException
        ? new VideoStalledException(message)
        : new VideoException(message);
  }

  private static VideoException failure(String what, VideoAddress address, int code) {
    if (code == AVERROR_EXIT()) {
      return new VideoStalledException(
          "nothing came from " + address.name() + " within the time allowed");
    }
    return VideoException.of(what + " " + address.name(), code);
  }

  @Override
  public void close() {
    avformat_close_input(container);
  }
}
