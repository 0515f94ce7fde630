package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.avutil.AVFrame.AV_FRAME_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_DEFAULT;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_NONREF;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_NONE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_EF_EXPLODE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Turns a video's packets into pictures, also where it goes on in another codec. What the decoder
 * guesses, because packets are damaged or missing, is no picture. Confined to one thread.
 */
final class PictureDecoder implements AutoCloseable {

  /** What the decoder has to say. */
  enum State {
    /** There is a picture. */
    PICTURE,
    /** It wants a packet. */
    HUNGRY,
    /** It could not make anything of a packet, or only guessed. */
    FAILED,
    /** Everything has come out since it was told that nothing follows. */
    DRAINED
  }

  private final VideoInput input;
  private LastingOrientation orientation = new LastingOrientation();
  private AVCodecContext context;
  private ContainerCrop crop;
  private KeyframeGuard guard;
  private int stream;
  private int declared;

  private PictureDecoder(VideoInput input, AVCodecContext context) {
    this.input = input;
    this.context = context;
    AVStream video = input.video();
    this.stream = video.index();
    this.declared = video.codecpar().codec_id();
    this.crop = ContainerCrop.of(video.codecpar());
    this.guard = new KeyframeGuard(context.codec_id());
  }

  /**
   * Opens the decoder of an input's video.
   *
   * @throws VideoException if there is none or it refuses
   */
  static PictureDecoder open(VideoInput input) {
    AVStream video = input.video();
    return new PictureDecoder(input, open(input, video.codecpar().codec_id(), /* headers= */ true));
  }

  /**
   * Opens a decoder.
   *
   * @param headers whether the stream's own headers are those of this codec
   */
  private static AVCodecContext open(VideoInput input, int codecId, boolean headers) {
    AVStream video = input.video();
    AVCodec codec = avcodec_find_decoder(codecId);
    if (codec == null) {
      throw new VideoException(
          "this ffmpeg cannot decode the video in %s, which is %s"
              .formatted(input.name(), avcodec_get_name(codecId).getString()));
    }
    AVCodecContext context = avcodec_alloc_context3(codec);
    if (headers) {
      avcodec_parameters_to_context(context, video.codecpar());
    }
    context.pkt_timebase(video.time_base());
    if (codecId == AV_CODEC_ID_MJPEG) {
      // It fills what is missing of a picture with green, and marks it in no other way.
      context.err_recognition(AV_EF_EXPLODE);
    }
    // More threads would delay a camera's pictures and starve the machine's other streams.
    context.thread_count(1);
    int code = avcodec_open2(context, codec, (AVDictionary) null);
    if (code < 0) {
      avcodec_free_context(context);
      throw VideoException.of("cannot decode " + input.name(), code);
    }
    return context;
  }

  /** FFmpeg's number of the codec that is decoded. */
  int codec() {
    return context.codec_id();
  }

  /** Whether the video goes on at a packet in the form for which this decoder is open. */
  boolean fits(AVPacket packet) {
    boolean same = input.video().index() == stream && codecFrom(packet) == codec();
    if (same) {
      // The container may tell of a change later than the packets do.
      declared = input.video().codecpar().codec_id();
    }
    return same;
  }

  /** The codec in which the video goes on at a packet. */
  private int codecFrom(AVPacket packet) {
    int declaredNow = input.video().codecpar().codec_id();
    boolean same = input.video().index() == stream && declaredNow == declared;
    int expected = same ? codec() : declaredNow;
    if (!StreamCodec.hasStartCodes(expected, input.video().codecpar())) {
      return expected;
    }
    int found = StreamCodec.of(packet);
    return found == AV_CODEC_ID_NONE || StreamCodec.areAlike(found, expected) ? expected : found;
  }

  /**
   * Opens the decoder that a packet needs in place of this one.
   *
   * @param packet the first that follows, of which what is left of the form before is cut off;
   *     stays the caller's
   * @throws VideoException if there is none or it refuses
   */
  void reopen(AVPacket packet) {
    int codec = codecFrom(packet);
    if (StreamCodec.hasStartCodes(codec, input.video().codecpar())) {
      int from = StreamCodec.headersAt(packet, codec);
      packet.data(packet.data().getPointer(from)).size(packet.size() - from);
    }
    boolean another = input.video().index() != stream;
    AVCodecContext fresh =
        open(input, codec, another && codec == input.video().codecpar().codec_id());
    avcodec_free_context(context);
    context = fresh;
    stream = input.video().index();
    declared = input.video().codecpar().codec_id();
    crop = ContainerCrop.of(input.video().codecpar());
    guard = new KeyframeGuard(codec);
    orientation = new LastingOrientation();
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
    if (packet != null) {
      input.corrupt().decoding((packet.flags() & AV_PKT_FLAG_KEY) != 0);
      guard.decoding(packet);
    }
    int code = avcodec_send_packet(context, packet);
    if (code < 0 && code != AVERROR_EAGAIN() && code != AVERROR_EOF()) {
      guard.undecodable();
      input.corrupt().undecodable(code);
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
      return judge(into);
    }
    if (code == AVERROR_EOF()) {
      return State.DRAINED;
    }
    if (code == AVERROR_EAGAIN()) {
      return State.HUNGRY;
    }
    guard.undecodable();
    input.corrupt().undecodable(code);
    return State.FAILED;
  }

  private State judge(AVFrame picture) {
    boolean guessed =
        picture.decode_error_flags() != 0 || (picture.flags() & AV_FRAME_FLAG_CORRUPT) != 0;
    if (guessed) {
      guard.guessed(picture);
    }
    boolean rootless = !guessed && guard.lacksKeyframe(picture);
    if (guessed || rootless) {
      av_frame_unref(picture);
      if (guessed || !guard.isFlushed()) {
        input.corrupt().undecodable(AVERROR_INVALIDDATA());
      }
      return State.FAILED;
    }
    input.corrupt().good();
    input.complete(picture);
    crop.apply(picture);
    orientation.complete(picture);
    return State.PICTURE;
  }

  /** Forgets everything. */
  void flush() {
    avcodec_flush_buffers(context);
    guard.flush();
  }

  @Override
  public void close() {
    avcodec_free_context(context);
  }
}
