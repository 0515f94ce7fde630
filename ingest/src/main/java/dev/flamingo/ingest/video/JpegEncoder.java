package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_BITEXACT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_QSCALE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.FF_QP2LAMBDA;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/**
 * Turns pictures of one size into baseline JPEG files with FFmpeg's {@code mjpeg} encoder: 4:2:0,
 * full range, BT.601, as JFIF wants it. The same picture always gives the same bytes.
 *
 * <p>Reusable, and confined to one thread at a time.
 */
public final class JpegEncoder implements AutoCloseable {

  static {
    NativeMemory.lift();
  }

  /** A quality at which a 96x96 street frame takes about 3 KB. */
  public static final int DEFAULT_QUALITY = 92;

  private final int width;
  private final int height;
  private final int qscale;
  private final AVCodecContext codec;
  private final AVPacket packet;
  private final AVFrame rgb;
  private final AVFrame yuv;
  private final PlanarConverter toPlanar;
  private long count;
  private boolean closed;

  /**
   * Opens an encoder.
   *
   * @param width pixels, 2 to 16384
   * @param height pixels, 2 to 16384
   * @param quality 1 (smallest) to 100 (best); FFmpeg knows 31 levels, so near-by values may be
   *     equal
   * @throws IllegalArgumentException if a number is out of range
   * @throws VideoException if FFmpeg refuses the encoder
   */
  public JpegEncoder(int width, int height, int quality) {
    requireSize("width", width);
    requireSize("height", height);
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException("the jpeg quality must be 1 to 100, but was " + quality);
    }
    this.width = width;
    this.height = height;
    this.qscale = 1 + Math.round((100 - quality) * 30 / 99f);
    this.codec = open();
    this.packet = av_packet_alloc();
    this.rgb = Frames.allocate(width, height, AV_PIX_FMT_RGB24);
    this.yuv = Frames.allocate(width, height, AV_PIX_FMT_YUV420P);
    this.toPlanar = new PlanarConverter();
  }

  private static void requireSize(String name, int pixels) {
    if (pixels < 2 || pixels > 16384) {
      throw new IllegalArgumentException(
          "the " + name + " must be 2 to 16384 pixels, but was " + pixels);
    }
  }

  private AVCodecContext open() {
    AVCodecContext context = avcodec_alloc_context3(avcodec_find_encoder(AV_CODEC_ID_MJPEG));
    context.width(width).height(height).pix_fmt(AV_PIX_FMT_YUV420P).color_range(AVCOL_RANGE_JPEG);
    context.time_base().num(1).den(1);
    // A known aspect makes FFmpeg write the JFIF header, without which readers guess the colour
    // space.
    context.sample_aspect_ratio().num(1).den(1);
    // Bit-exact leaves out the comment with the encoder's version.
    context.flags(context.flags() | AV_CODEC_FLAG_QSCALE | AV_CODEC_FLAG_BITEXACT);
    context.qmin(1).global_quality(FF_QP2LAMBDA * qscale).thread_count(1);
    int code = avcodec_open2(context, context.codec(), (AVDictionary) null);
    if (code < 0) {
      avcodec_free_context(context);
      throw VideoException.of("cannot open the jpeg encoder for " + width + "x" + height, code);
    }
    return context;
  }

  /** Width of every picture in pixels. */
  public int width() {
    return width;
  }

  /** Height of every picture in pixels. */
  public int height() {
    return height;
  }

  /**
   * Encodes one packed picture.
   *
   * @param rgb24 height x width x 3 bytes, row by row, red first
   * @return a complete JPEG file
   * @throws IllegalArgumentException if the array has another length
   * @throws VideoException if FFmpeg fails
   */
  public byte[] encode(byte[] rgb24) {
    requireOpen();
    int rowBytes = width * 3;
    if (rgb24.length != rowBytes * height) {
      throw new IllegalArgumentException(
          "a packed %dx%d picture has %d bytes, but the array has %d"
              .formatted(width, height, rowBytes * height, rgb24.length));
    }
    BytePointer pixels = rgb.data(0);
    int stride = rgb.linesize(0);
    if (stride == rowBytes) {
      pixels.position(0).put(rgb24, 0, rgb24.length);
    } else {
      for (int y = 0; y < height; y++) {
        pixels.position((long) y * stride).put(rgb24, y * rowBytes, rowBytes);
      }
    }
    VideoException.check("cannot reuse the jpeg encoder's frame", av_frame_make_writable(yuv));
    toPlanar.convert(rgb, yuv);
    return encode(yuv);
  }

  /**
   * Encodes one native picture, which stays the caller's.
   *
   * @param frame a frame of this encoder's size, planar YUV 4:2:0, full range, BT.601
   * @return a complete JPEG file
   * @throws IllegalArgumentException if the frame has another size or layout
   * @throws VideoException if FFmpeg fails
   */
  public byte[] encode(AVFrame frame) {
    requireOpen();
    if (frame.width() != width
        || frame.height() != height
        || frame.format() != AV_PIX_FMT_YUV420P
        || frame.color_range() != AVCOL_RANGE_JPEG) {
      throw new IllegalArgumentException(
          "the jpeg encoder takes full-range yuv420p frames of %dx%d, but got format %d, range %d, %dx%d"
              .formatted(
                  width,
                  height,
                  frame.format(),
                  frame.color_range(),
                  frame.width(),
                  frame.height()));
    }
    frame.quality(FF_QP2LAMBDA * qscale).pts(count++);
    VideoException.check("cannot encode a jpeg", avcodec_send_frame(codec, frame));
    VideoException.check("cannot encode a jpeg", avcodec_receive_packet(codec, packet));
    try {
      byte[] jpeg = new byte[packet.size()];
      packet.data().get(jpeg);
      return jpeg;
    } finally {
      av_packet_unref(packet);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the jpeg encoder is closed");
    }
  }

  /** Frees the native encoder; a second call does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    toPlanar.close();
    av_frame_free(yuv);
    av_frame_free(rgb);
    av_packet_free(packet);
    avcodec_free_context(codec);
  }
}
