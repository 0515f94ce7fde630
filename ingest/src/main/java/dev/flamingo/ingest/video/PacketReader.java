package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale_q;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EIO;

import java.time.Duration;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.jspecify.annotations.Nullable;

/**
 * Reads the packets of an input's video. Each wait is bounded; what is an end, a loss, a silence or
 * a packet that is to be skipped is decided here. Confined to one thread.
 */
final class PacketReader {

  /** Where packets come from. */
  interface Origin {

    /**
     * Waits for the next packet.
     *
     * @param into receives it
     * @return negative if there is none, as FFmpeg reports it
     */
    int read(AVPacket into);
  }

  private static final AVRational MICROS = av_make_q(1, 1_000_000);
  private static final Duration AT_ONCE = Duration.ofMillis(20);

  private final VideoAddress address;
  private final Deadline deadline;
  private final ContainerForm form;
  private final FailureReason reason;
  private final Origin origin;
  private final CorruptPackets corrupt;
  private final RtpLog rtp;
  private @Nullable VideoTrack track;
  private @Nullable ReplayFilter replays;
  private boolean lostWhileProbing;
  private long packets;
  private long packetsBefore;
  private long bytesBefore;

  PacketReader(
      VideoAddress address,
      Deadline deadline,
      ContainerForm form,
      FailureReason reason,
      Origin origin) {
    this.address = address;
    this.deadline = deadline;
    this.form = form;
    this.reason = reason;
    this.origin = origin;
    this.corrupt = new CorruptPackets(address.name(), reason);
    this.rtp = new RtpLog(deadline::end);
    reason.log().listen(rtp::add);
  }

  /** Which packets are the video's, decided by its track. */
  void follow(VideoTrack found) {
    track = found;
    lostWhileProbing = rtp.takeLoss();
  }

  /** Has a filter look at every packet of the video that follows. */
  void watchFor(ReplayFilter filter) {
    replays = filter;
  }

  /** The packets that were skipped because they could not be read or decoded. */
  CorruptPackets corrupt() {
    return corrupt;
  }

  /** Begins to wait for a picture: the address says for how long. */
  void await() {
    deadline.allow(address.readWithin());
    packetsBefore = packets;
    bytesBefore = form.bytesRead();
  }

  /** Something is sent, though no picture comes of it. */
  private boolean somethingCame() {
    return packets - packetsBefore > 2 || form.bytesRead() - bytesBefore > 4096;
  }

  /**
   * Reads the next packet. One in front of which others were lost is marked as corrupt.
   *
   * @return the packet, the caller's to free; null at the end
   * @throws VideoStalledException if the wait has become too long
   * @throws SenderRestartedException if the sender has started anew and is to be opened again
   * @throws VideoException if reading failed
   */
  @Nullable AVPacket next() {
    VideoTrack video = track;
    if (video == null) {
      throw new IllegalStateException("the video of " + address.name() + " is not open");
    }
    while (true) {
      AVPacket decided = video.poll();
      if (decided != null) {
        return decided;
      }
      AVPacket packet = av_packet_alloc();
      long asked = System.nanoTime();
      int code = origin.read(packet);
      if (code >= 0 && deadline.expired()) {
        // What FFmpeg's parser held back until the wait was given up: as old as the silence.
        code = AVERROR_EXIT();
      }
      if (code >= 0) {
        AVPacket shown = arrived(packet, video, Duration.ofNanos(System.nanoTime() - asked));
        if (shown != null) {
          return shown;
        }
        continue;
      }
      av_packet_free(packet);
      if (code == AVERROR_EOF() || (code == AVERROR_EIO() && form.endsWithoutLength())) {
        video.end();
        return video.poll();
      }
      skip(code);
    }
  }

  private @Nullable AVPacket arrived(AVPacket packet, VideoTrack video, Duration waited) {
    packets++;
    rtp.packet();
    // Which of those that probing has read come behind the loss is not known.
    lostWhileProbing = lostWhileProbing && waited.compareTo(AT_ONCE) < 0;
    if (rtp.takeLoss() || lostWhileProbing) {
      packet.flags(packet.flags() | AV_PKT_FLAG_CORRUPT);
    }
    if (replays != null && packet.stream_index() == video.stream().index()) {
      replays.look(packet, micros(packet, video.stream()), waited);
    }
    return video.take(packet);
  }

  private static long micros(AVPacket packet, AVStream stream) {
    return av_rescale_q(packet.pts(), stream.time_base(), MICROS);
  }

  private void skip(int code) {
    if (code == AVERROR_EAGAIN()) {
      return;
    }
    if (rtp.senderRestarted()) {
      throw new SenderRestartedException(address.name() + " has started anew");
    }
    if (code != AVERROR_INVALIDDATA()) {
      throw reason.reading("lost", code, somethingCame());
    }
    corrupt.unreadable(code);
  }
}
