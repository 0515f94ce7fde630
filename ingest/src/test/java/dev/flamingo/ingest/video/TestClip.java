package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_GLOBALHEADER;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;

import java.nio.file.Path;
import java.util.function.IntUnaryOperator;
import java.util.function.LongUnaryOperator;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.Pointer;

/**
 * Writes a small grey video whose every picture shows a brightness of the test's choosing, with
 * every timestamp of the test's choosing.
 *
 * @param width pixels
 * @param height pixels
 * @param timeBaseNum numerator of the time base
 * @param timeBaseDen denominator of the time base
 * @param frames how many pictures
 * @param ticks timestamp of each picture, in the time base
 * @param luma brightness of each picture's left half, 0 to 255; the right half is black
 * @param bFrames how many pictures are stored out of order between two others
 * @param encoder FFmpeg's name of what writes it
 * @param keyframeEvery how many pictures from one keyframe to the next
 */
public record TestClip(
    int width,
    int height,
    int timeBaseNum,
    int timeBaseDen,
    int frames,
    LongUnaryOperator ticks,
    IntUnaryOperator luma,
    int bFrames,
    String encoder,
    int keyframeEvery) {

  /**
   * A constant frame rate of num/den pictures a second, each as bright as the second it belongs to
   * times ten plus 40.
   */
  public static TestClip steady(int num, int den, int frames) {
    return new TestClip(
        64,
        64,
        den,
        num,
        frames,
        i -> i,
        i -> brightness((int) ((long) i * den / num)),
        /* bFrames= */ 0,
        "mpeg4",
        /* keyframeEvery= */ 12);
  }

  /** The brightness that stands for a second. */
  static int brightness(int second) {
    return 40 + 10 * second;
  }

  TestClip withTicks(int num, int den, LongUnaryOperator timestamps) {
    return new TestClip(
        width, height, num, den, frames, timestamps, luma, bFrames, encoder, keyframeEvery);
  }

  TestClip withLuma(IntUnaryOperator brightness) {
    return new TestClip(
        width,
        height,
        timeBaseNum,
        timeBaseDen,
        frames,
        ticks,
        brightness,
        bFrames,
        encoder,
        keyframeEvery);
  }

  TestClip withSize(int w, int h) {
    return new TestClip(
        w, h, timeBaseNum, timeBaseDen, frames, ticks, luma, bFrames, encoder, keyframeEvery);
  }

  TestClip withBFrames(int count) {
    return new TestClip(
        width,
        height,
        timeBaseNum,
        timeBaseDen,
        frames,
        ticks,
        luma,
        count,
        encoder,
        keyframeEvery);
  }

  TestClip withEncoder(String name, int pictures) {
    return new TestClip(
        width, height, timeBaseNum, timeBaseDen, frames, ticks, luma, bFrames, name, pictures);
  }

  /** Writes the file; its name's ending chooses the container. */
  public Path write(Path file) {
    AVRational timeBase = av_make_q(timeBaseNum, timeBaseDen);
    AVFormatContext container = new AVFormatContext(null);
    check(avformat_alloc_output_context2(container, null, null, file.toString()));
    AVCodecContext context = avcodec_alloc_context3(avcodec_find_encoder_by_name(encoder));
    context.width(width).height(height).pix_fmt(AV_PIX_FMT_YUV420P).time_base(timeBase);
    context.gop_size(keyframeEvery).max_b_frames(bFrames).bit_rate(400_000).thread_count(1);
    // HLS asks for it on behalf of other segment formats; its transport streams carry the header
    // themselves.
    boolean segments = file.toString().endsWith(".m3u8");
    if (!segments && (container.oformat().flags() & AVFMT_GLOBALHEADER) != 0) {
      context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    }
    check(avcodec_open2(context, context.codec(), (AVDictionary) null));
    AVStream stream = avformat_new_stream(container, null);
    stream.time_base(timeBase);
    check(avcodec_parameters_from_context(stream.codecpar(), context));
    AVIOContext io = new AVIOContext(null);
    check(avio_open(io, file.toString(), AVIO_FLAG_WRITE));
    container.pb(io);
    AVDictionary options = new AVDictionary(null);
    av_dict_set(options, "video_track_timescale", Integer.toString(timeBaseDen), 0);
    check(avformat_write_header(container, options));

    AVPacket packet = av_packet_alloc();
    AVFrame frame = Frames.allocate(width, height, AV_PIX_FMT_YUV420P);
    for (int i = 0; i < frames; i++) {
      check(av_frame_make_writable(frame));
      paint(frame, luma.applyAsInt(i));
      frame.pts(ticks.applyAsLong(i));
      check(avcodec_send_frame(context, frame));
      drain(container, context, stream, packet);
    }
    check(avcodec_send_frame(context, null));
    drain(container, context, stream, packet);
    check(av_write_trailer(container));

    av_frame_free(frame);
    av_packet_free(packet);
    avcodec_free_context(context);
    avio_closep(io);
    avformat_free_context(container);
    return file;
  }

  private static void drain(
      AVFormatContext container, AVCodecContext encoder, AVStream stream, AVPacket packet) {
    while (avcodec_receive_packet(encoder, packet) >= 0) {
      av_packet_rescale_ts(packet, encoder.time_base(), stream.time_base());
      packet.stream_index(0);
      check(av_interleaved_write_frame(container, packet));
    }
  }

  private void paint(AVFrame frame, int brightness) {
    for (int y = 0; y < height; y++) {
      Pointer row = frame.data(0).position((long) y * frame.linesize(0));
      Pointer.memset(row, 16, width);
      Pointer.memset(row, brightness, width / 2);
    }
    for (int plane = 1; plane < 3; plane++) {
      Pointer.memset(frame.data(plane), 128, (long) frame.linesize(plane) * height / 2);
    }
  }

  private static void check(int code) {
    VideoException.check("cannot write the test's video", code);
  }
}
