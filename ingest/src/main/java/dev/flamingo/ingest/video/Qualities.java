package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;

/** Chooses among streams that show the same in different qualities, as those of DASH do. */
final class Qualities {

  private Qualities() {}

  /**
   * The smallest video whose longer side has enough pixels, otherwise the largest.
   *
   * @return its index, negative if there is no video
   */
  static int choose(AVFormatContext container, int enough) {
    int best = av_find_best_stream(container, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
    Comparator<Integer> small =
        Comparator.<Integer>comparingLong(i -> area(container, i))
            .thenComparingLong(i -> container.streams(i).codecpar().bit_rate());
    return IntStream.range(0, container.nb_streams())
        .boxed()
        .filter(i -> area(container, i) > 0)
        .min(
            Comparator.<Integer, Boolean>comparing(i -> side(container, i) < enough)
                .thenComparing(
                    (a, b) ->
                        side(container, a) < enough ? small.compare(b, a) : small.compare(a, b)))
        .orElse(best);
  }

  private static long area(AVFormatContext container, int index) {
    AVCodecParameters video = container.streams(index).codecpar();
    return video.codec_type() == AVMEDIA_TYPE_VIDEO ? (long) video.width() * video.height() : 0;
  }

  private static int side(AVFormatContext container, int index) {
    AVCodecParameters video = container.streams(index).codecpar();
    return Math.max(video.width(), video.height());
  }
}
