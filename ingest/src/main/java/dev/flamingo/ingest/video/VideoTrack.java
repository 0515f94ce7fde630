package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_ALL;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_TS_DISCONT;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale_q;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVProgram;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.jspecify.annotations.Nullable;

/**
 * The video among a container's streams, also where it goes on as another stream: a transport
 * stream under a new PID, FLV in another codec. It goes on in a stream that brings packets while
 * the one before has been silent for two seconds, or has left the list of its program. Owns the
 * packets that wait for that decision. Confined to one thread.
 */
final class VideoTrack implements AutoCloseable {

  private static final long SILENCE = 2_000_000;
  private static final int MAX_PACKETS = 512;
  private static final long MAX_BYTES = 16L << 20;
  private static final long NO_TIME = AV_NOPTS_VALUE();

  private final AVFormatContext container;
  private final AVRational micros = av_make_q(1, 1_000_000);
  private AVStream shown;

  /** Of the stream in which the video may go on, from a keyframe. */
  private final Deque<AVPacket> candidates = new ArrayDeque<>();

  private long bytes;
  private boolean decided;
  private long shownUntil = Long.MIN_VALUE;

  private VideoTrack(AVFormatContext container, AVStream shown) {
    this.container = container;
    this.shown = shown;
  }

  /** The video that begins in a container's stream. */
  static VideoTrack of(AVFormatContext container, int index) {
    return new VideoTrack(container, container.streams(index));
  }

  /**
   * Has the other streams left out, but for those in which the video may go on.
   *
   * @param qualities whether the others are the same video in other qualities
   */
  void leaveOutOthers(boolean qualities) {
    // Formats of which recordings can be cut together, and FLV.
    boolean mayGoOn =
        !qualities
            && ((container.iformat().flags() & AVFMT_TS_DISCONT) != 0
                || "flv".equals(container.iformat().name().getString()));
    for (int i = 0; i < container.nb_streams(); i++) {
      AVStream stream = container.streams(i);
      boolean video = stream.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO;
      if (i != shown.index() && !(video && mayGoOn)) {
        stream.discard(AVDISCARD_ALL);
      }
    }
  }

  /** The stream that is shown now. */
  AVStream stream() {
    return shown;
  }

  /** The next packet that has been decided on, the caller's to free, or null. */
  @Nullable AVPacket poll() {
    AVPacket next = decided ? candidates.pollFirst() : null;
    if (next == null) {
      decided = false;
      return null;
    }
    bytes -= next.size();
    return next;
  }

  /**
   * Takes a packet over.
   *
   * @return the packet itself if it is of the video that is shown; null if it is not, or not yet
   */
  @Nullable AVPacket take(AVPacket packet) {
    if (packet.stream_index() == shown.index()) {
      clear();
      shownUntil = packet.dts() == NO_TIME ? shownUntil : packet.dts();
      return packet;
    }
    AVStream stream = container.streams(packet.stream_index());
    if (stream.codecpar().codec_type() != AVMEDIA_TYPE_VIDEO || !keep(packet)) {
      av_packet_free(packet);
      return null;
    }
    AVPacket first = candidates.getFirst();
    long span =
        first.dts() == NO_TIME || packet.dts() == NO_TIME
            ? 0
            : av_rescale_q(packet.dts() - first.dts(), stream.time_base(), micros);
    if (span >= SILENCE || (isListed(stream) && !isListed(shown))) {
      goOn(stream);
    }
    return null;
  }

  /** Nothing more comes: what waits is shown, unless it is a rest of what was shown before. */
  void end() {
    AVPacket first = candidates.peekFirst();
    if (first != null && first.dts() != NO_TIME && first.dts() > shownUntil) {
      goOn(container.streams(first.stream_index()));
    }
  }

  private void goOn(AVStream stream) {
    shown = stream;
    decided = true;
  }

  private boolean keep(AVPacket packet) {
    boolean other =
        !candidates.isEmpty() && candidates.getFirst().stream_index() != packet.stream_index();
    if (other || candidates.size() >= MAX_PACKETS || bytes + packet.size() > MAX_BYTES) {
      clear();
    }
    if (candidates.isEmpty() && (packet.flags() & AV_PKT_FLAG_KEY) == 0) {
      return false;
    }
    candidates.addLast(packet);
    bytes += packet.size();
    return true;
  }

  /** Whether a program has a stream; true where there are no programs. */
  private boolean isListed(AVStream stream) {
    for (int i = 0; i < container.nb_programs(); i++) {
      AVProgram program = container.programs(i);
      for (int j = 0; j < program.nb_stream_indexes(); j++) {
        if (program.stream_index().get(j) == stream.index()) {
          return true;
        }
      }
    }
    return container.nb_programs() == 0;
  }

  private void clear() {
    decided = false;
    for (AVPacket next = candidates.pollFirst(); next != null; next = candidates.pollFirst()) {
      av_packet_free(next);
    }
    bytes = 0;
  }

  @Override
  public void close() {
    clear();
  }
}
