package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT2020_CL;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT2020_NCL;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_FCC;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE240M;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRP16;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV440P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P16;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ440P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ444P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_AREA;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BITEXACT;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_BT2020;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_FCC;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_ITU601;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_ITU709;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_SMPTE240M;
import static org.bytedeco.ffmpeg.global.swscale.sws_alloc_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_init_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.jspecify.annotations.Nullable;

/**
 * Scales any picture into the JPEG path's own layout: planar YUV 4:2:0, full range, BT.601.
 * Shrinking averages areas, so that small things fade instead of flickering. Tolerates sources that
 * change their size or format. What swscale has no colours for goes through a {@link ColourMapper}
 * when it is small.
 */
final class PlanarConverter implements AutoCloseable {

  private static final int FIXED_ONE = 1 << 16;

  private record Shape(
      int width,
      int height,
      int format,
      int matrix,
      boolean full,
      int toWidth,
      int toHeight,
      int toFormat,
      boolean keepColours) {}

  private @Nullable SwsContext scaler;
  private @Nullable Shape shape;
  private @Nullable ColourMapper mapper;

  /**
   * Fills the whole of {@code target} (full-range yuv420p) with {@code source}, whatever its size
   * and format.
   */
  void convert(AVFrame source, AVFrame target) {
    Colours colours = Colours.of(source);
    if (!colours.special()) {
      scale(source, target, /* keepColours= */ false);
      return;
    }
    AVFrame small = Frames.allocate(target.width(), target.height(), deep(source.format()));
    try {
      scale(source, small, /* keepColours= */ true);
      ColourMapper ready = mapper == null ? new ColourMapper() : mapper;
      mapper = ready;
      ready.map(small, colours, target);
    } finally {
      av_frame_free(small);
    }
  }

  /** What holds the same colours in 16 bits. */
  private static int deep(int format) {
    AVPixFmtDescriptor layout = av_pix_fmt_desc_get(format);
    boolean rgb = layout != null && (layout.flags() & AV_PIX_FMT_FLAG_RGB) != 0;
    return rgb ? AV_PIX_FMT_GBRP16 : AV_PIX_FMT_YUV444P16;
  }

  private void scale(AVFrame source, AVFrame target, boolean keepColours) {
    SwsContext ready = prepare(source, target, keepColours);
    int rows =
        sws_scale(
            ready,
            source.data(),
            source.linesize(),
            0,
            source.height(),
            target.data(),
            target.linesize());
    if (rows != target.height()) {
      throw new VideoException(
          "cannot scale a picture of " + source.width() + "x" + source.height());
    }
  }

  private SwsContext prepare(AVFrame source, AVFrame target, boolean keepColours) {
    Shape wanted =
        new Shape(
            source.width(),
            source.height(),
            planar(source.format()),
            matrix(source),
            source.color_range() == AVCOL_RANGE_JPEG || isFullByName(source.format()),
            target.width(),
            target.height(),
            target.format(),
            keepColours);
    SwsContext current = scaler;
    if (current != null && wanted.equals(shape)) {
      return current;
    }
    freeScaler();
    int toRange = keepColours && !wanted.full ? 0 : 1;
    SwsContext fresh = sws_alloc_context();
    fresh.src_w(wanted.width).src_h(wanted.height).src_format(wanted.format);
    fresh.dst_w(wanted.toWidth).dst_h(wanted.toHeight).dst_format(wanted.toFormat);
    fresh.flags(SWS_AREA | SWS_ACCURATE_RND | SWS_BITEXACT);
    // Before it is initialised: a picture of the same size is copied else, whatever its range.
    fresh.src_range(wanted.full ? 1 : 0).dst_range(toRange);
    if (sws_init_context(fresh, null, null) < 0) {
      sws_freeContext(fresh);
      throw new VideoException(
          "cannot scale a picture of %dx%d in pixel format %d"
              .formatted(wanted.width, wanted.height, wanted.format));
    }
    // Returns -1 where the format has no matrix (grey), which is fine.
    sws_setColorspaceDetails(
        fresh,
        sws_getCoefficients(wanted.matrix),
        wanted.full ? 1 : 0,
        sws_getCoefficients(keepColours ? wanted.matrix : SWS_CS_ITU601),
        toRange,
        0,
        FIXED_ONE,
        FIXED_ONE);
    scaler = fresh;
    shape = wanted;
    return fresh;
  }

  /** The "J" formats are deprecated spellings of a full-range plane layout. */
  private static int planar(int format) {
    return switch (format) {
      case AV_PIX_FMT_YUVJ420P -> AV_PIX_FMT_YUV420P;
      case AV_PIX_FMT_YUVJ422P -> AV_PIX_FMT_YUV422P;
      case AV_PIX_FMT_YUVJ440P -> AV_PIX_FMT_YUV440P;
      case AV_PIX_FMT_YUVJ444P -> AV_PIX_FMT_YUV444P;
      default -> format;
    };
  }

  private static boolean isFullByName(int format) {
    return planar(format) != format || format == AV_PIX_FMT_RGB24;
  }

  private static int matrix(AVFrame source) {
    int space = source.colorspace();
    if (space == AVCOL_SPC_BT709) {
      return SWS_CS_ITU709;
    }
    if (space == AVCOL_SPC_BT2020_NCL || space == AVCOL_SPC_BT2020_CL) {
      return SWS_CS_BT2020;
    }
    if (space == AVCOL_SPC_SMPTE240M) {
      return SWS_CS_SMPTE240M;
    }
    if (space == AVCOL_SPC_FCC) {
      return SWS_CS_FCC;
    }
    // Cameras that do not say follow the television rule: high definition is BT.709.
    return space == AVCOL_SPC_UNSPECIFIED
            && (source.width() >= 1280 || source.height() >= 720)
            && !isFullByName(source.format())
        ? SWS_CS_ITU709
        : SWS_CS_ITU601;
  }

  @Override
  public void close() {
    freeScaler();
    ColourMapper current = mapper;
    if (current != null) {
      current.close();
      mapper = null;
    }
  }

  private void freeScaler() {
    SwsContext current = scaler;
    if (current != null) {
      sws_freeContext(current);
      scaler = null;
      shape = null;
    }
  }
}
