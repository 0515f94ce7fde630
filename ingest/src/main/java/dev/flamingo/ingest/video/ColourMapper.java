package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avfilter.av_buffersink_get_frame;
import static org.bytedeco.ffmpeg.global.avfilter.av_buffersrc_add_frame_flags;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_alloc;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_config;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_free;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_get_filter;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_parse2;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_copy;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import org.bytedeco.ffmpeg.avfilter.AVFilterContext;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraph;
import org.bytedeco.ffmpeg.avfilter.AVFilterInOut;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avfilter;
import org.jspecify.annotations.Nullable;

/**
 * Maps the colours that swscale does not know (HDR, and matrices such as YCgCo) to full-range
 * BT.601 in standard dynamic range, with FFmpeg's {@code zscale} and {@code tonemap} filters. Takes
 * small pictures, as it works in floating point. Confined to one thread.
 *
 * <p>HDR: 203 cd/m2 is the white of standard dynamic range (ITU-R BT.2408); what is darker than
 * three quarters of it keeps its colour, what is brighter is compressed up to 1000 cd/m2.
 */
final class ColourMapper implements AutoCloseable {

  private static final double WHITE = 203;
  private static final double PEAK = 1000;

  /** The picture handed in stays the caller's. */
  private static final int KEEP_REFERENCE = avfilter.AV_BUFFERSRC_FLAG_KEEP_REF;

  /**
   * What a graph is made for.
   *
   * @param width pixels
   * @param height pixels
   * @param format FFmpeg's number of the pixel format
   * @param colours how the numbers stand for light
   */
  private record Key(int width, int height, int format, Colours colours) {}

  private final AVFrame mapped = av_frame_alloc();
  private @Nullable AVFilterGraph graph;
  private @Nullable Key key;

  /**
   * Maps one picture.
   *
   * @param source planar, 16 bits, of the target's size
   * @param colours the source's
   * @param target receives the picture: full-range yuv420p
   * @throws VideoException if the filters refuse
   */
  void map(AVFrame source, Colours colours, AVFrame target) {
    AVFilterGraph ready =
        prepare(new Key(source.width(), source.height(), source.format(), colours));
    AVFilterContext in = avfilter_graph_get_filter(ready, "buffer@in");
    AVFilterContext out = avfilter_graph_get_filter(ready, "buffersink@out");
    check(av_buffersrc_add_frame_flags(in, source, KEEP_REFERENCE));
    check(av_buffersink_get_frame(out, mapped));
    try {
      check(av_frame_copy(target, mapped));
    } finally {
      av_frame_unref(mapped);
    }
  }

  private AVFilterGraph prepare(Key wanted) {
    AVFilterGraph current = graph;
    if (current != null && wanted.equals(key)) {
      return current;
    }
    free();
    AVFilterGraph fresh = avfilter_graph_alloc();
    graph = fresh;
    AVFilterInOut inputs = new AVFilterInOut(null);
    AVFilterInOut outputs = new AVFilterInOut(null);
    check(avfilter_graph_parse2(fresh, description(wanted), inputs, outputs));
    check(avfilter_graph_config(fresh, null));
    key = wanted;
    return fresh;
  }

  private static String description(Key key) {
    Colours colours = key.colours;
    String light =
        "zscale=matrixin=%s:transferin=%s:primariesin=%s:rangein=%s"
            .formatted(
                colours.matrix(),
                colours.transfer(),
                colours.primaries(),
                colours.full() ? "full" : "limited");
    String toneMap =
        ":matrix=gbr:transfer=linear:primaries=709:range=full:npl=%s,format=gbrpf32le,tonemap=tonemap=mobius:param=0.75:peak=%s:desat=0,zscale=matrixin=gbr:transferin=linear:primariesin=709:rangein=full"
            .formatted(WHITE, PEAK / WHITE);
    return "buffer@in=video_size=%dx%d:pix_fmt=%d:time_base=1/1,"
            .formatted(key.width, key.height, key.format)
        + light
        + (colours.hdr() ? toneMap : "")
        + ":matrix=470bg:transfer=709:primaries=709:range=full,format=yuv420p,buffersink@out";
  }

  private static void check(int code) {
    VideoException.check("cannot map the picture's colours", code);
  }

  private void free() {
    AVFilterGraph current = graph;
    if (current != null) {
      avfilter_graph_free(current);
      graph = null;
      key = null;
    }
  }

  @Override
  public void close() {
    free();
    av_frame_free(mapped);
  }
}
