package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;

/**
 * Streams that show the same in different qualities, as those of DASH do.
 *
 * @param container where they are
 * @param enough pixels that the longer side should have
 */
record Qualities(AVFormatContext container, int enough) {

  /**
   * The smallest video that is large enough, otherwise the largest.
   *
   * @return its index, negative if there is no video
   */
  int best() {
    Comparator<Integer> small =
        Comparator.comparingLong(this::area)
            .thenComparingLong(i -> container.streams(i).codecpar().bit_rate());
    List<Integer> known =
        IntStream.range(0, container.nb_streams()).boxed().filter(i -> area(i) > 0).toList();
    return known.stream()
        .filter(i -> side(i) >= enough)
        .min(small)
        .or(() -> known.stream().max(small))
        .orElseGet(
            () -> av_find_best_stream(container, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0));
  }

  private long area(int index) {
    AVCodecParameters video = container.streams(index).codecpar();
    return video.codec_type() == AVMEDIA_TYPE_VIDEO ? (long) video.width() * video.height() : 0;
  }

  private int side(int index) {
    AVCodecParameters video = container.streams(index).codecpar();
    return Math.max(video.width(), video.height());
  }
}
