package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.util.List;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avdevice;
import org.jspecify.annotations.Nullable;

/**
 * Connects to one address. Where the address gives a stream of bytes, what comes decides how it is
 * read, in the same connection: a demuxer, pictures as such, or a text that leads elsewhere.
 */
final class VideoConnector {

  private final VideoAddress address;
  private final Deadline deadline;
  private final SourceHistory history;
  private final FailureReason reason;

  VideoConnector(VideoAddress address, Deadline deadline, SourceHistory history) {
    this.address = address;
    this.deadline = deadline;
    this.history = history;
    this.reason = new FailureReason(address, NativeLog.ofThisThread());
  }

  /**
   * Connects.
   *
   * @throws VideoException if that fails or takes longer than the address allows
   */
  VideoInput connect() {
    deadline.allow(address.openWithin());
    return address.isByteStream() ? look() : demux(address, /* answer= */ null);
  }

  private VideoInput look() {
    AVIOInterruptCB bound = new AVIOInterruptCB();
    deadline.guard(bound);
    ServerAnswer answer;
    try {
      answer = ServerAnswer.to(address, bound);
    } catch (ServerAnswer.Refused e) {
      throw reason.opening(e.code());
    }
    WebContent content = WebContent.of(answer, address, history);
    if (content instanceof WebContent.Elsewhere text) {
      return firstThatOpens(text.candidates());
    }
    if (content instanceof WebContent.Pictures) {
      PictureFeed feed = new PictureFeed(address, answer, bound, history.stillness());
      return VideoInput.of(address, deadline, reason, feed);
    }
    try {
      return demux(address, answer);
    } catch (VideoException e) {
      answer.close();
      throw e;
    }
  }

  private VideoInput firstThatOpens(List<VideoAddress> candidates) {
    for (VideoAddress candidate : candidates.subList(0, candidates.size() - 1)) {
      deadline.allow(address.openWithin().dividedBy(2));
      try {
        return demux(candidate, /* answer= */ null);
      } catch (VideoException e) {
        // The next quality may do.
      }
    }
    if (candidates.size() > 1) {
      deadline.allow(address.openWithin().dividedBy(2));
    }
    VideoAddress last = candidates.get(candidates.size() - 1);
    return last.isByteStream()
        ? new VideoConnector(last, deadline, history).connect()
        : demux(last, /* answer= */ null);
  }

  private VideoInput demux(VideoAddress from, @Nullable ServerAnswer answer) {
    AVInputFormat format = format(from);
    AVFormatContext container = avformat_alloc_context();
    deadline.guard(container.interrupt_callback());
    if (answer != null) {
      container.pb(answer.io());
    }
    AVDictionary options = new AVDictionary(null);
    from.options().forEach((key, value) -> av_dict_set(options, key, value, 0));
    // Frees the container itself when it fails.
    int code = avformat_open_input(container, from.url(), format, options);
    av_dict_free(options);
    if (code < 0) {
      throw reason.opening(code);
    }
    return VideoInput.of(from, deadline, container, reason, answer);
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
}
