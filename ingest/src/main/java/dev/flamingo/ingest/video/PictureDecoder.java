package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_DEFAULT;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_NONREF;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** Turns a stream's packets into pictures. Confined to one thread. */
final class PictureDecoder implements AutoCloseable {

  /** What the decoder has to say. */
  enum State {
    /** There is a picture. */
    PICTURE,
    /** It wants a packet. */
    HUNGRY,
    /** It could not make anything of a packet. */
    FAILED,
    /** Everything has come out since it was told that nothing follows. */
    DRAINED
  }

  private final VideoInput input;
  private final AVCodecContext context;
  private final ContainerCrop crop;
  private final LastingOrientation orientation = new LastingOrientation();

  private PictureDecoder(VideoInput input, AVCodecContext context) {
    this.input = input;
    this.context = context;
    this.crop = ContainerCrop.of(input.video().codecpar());
  }

  /**
   * Opens the decoder of an input's video.
   *
   * @throws VideoException if there is none or it refuses
   */
  static PictureDecoder open(VideoInput input) {
    AVStream video = input.video();
    AVCodec codec = avcodec_find_decoder(video.codecpar().codec_id());
    if (codec == null) {
      throw new VideoException("this ffmpeg cannot decode the video in " + input.name());
    }
    AVCodecContext context = avcodec_alloc_context3(codec);
    avcodec_parameters_to_context(context, video.codecpar());
    context.pkt_timebase(video.time_base());
    // More threads would delay a camera's pictures and starve the machine's other streams.
    context.thread_count(1);
    int code = avcodec_open2(context, codec, (AVDictionary) null);
    if (code < 0) {
      avcodec_free_context(context);
      throw VideoException.of("cannot decode " + input.name(), code);
    }
    return new PictureDecoder(input, context);
  }

  /**
   * Feeds a packet; the decoder must be {@link State#HUNGRY}.
   *
   * @param packet stays the caller's; null if nothing follows
   * @param unlessReferenced whether its picture is not wanted, and to be decoded only if others
   *     refer to it
   * @return whether it was taken
   * @throws VideoException if nothing but bad packets came for long
   */
  boolean send(@Nullable AVPacket packet, boolean unlessReferenced) {
    context.skip_frame(unlessReferenced ? AVDISCARD_NONREF : AVDISCARD_DEFAULT);
    int code = avcodec_send_packet(context, packet);
    if (code < 0 && code != AVERROR_EAGAIN() && code != AVERROR_EOF()) {
      input.countBad(code);
      return false;
    }
    return true;
  }

  /**
   * Takes the next picture out, in presentation order.
   *
   * @param into receives a reference to it, which the caller gives back
   * @throws VideoException if nothing but bad packets came for long
   */
  State receive(AVFrame into) {
    int code = avcodec_receive_frame(context, into);
    if (code == 0) {
      input.good();
      input.complete(into);
      crop.apply(into);
      orientation.complete(into);
      return State.PICTURE;
    }
    if (code == AVERROR_EOF()) {
      return State.DRAINED;
    }
    if (code == AVERROR_EAGAIN()) {
      return State.HUNGRY;
    }
    input.countBad(code);
    return State.FAILED;
  }

  /** Forgets everything. */
  void flush() {
    avcodec_flush_buffers(context);
  }

  @Override
  public void close() {
    avcodec_free_context(context);
  }
}
