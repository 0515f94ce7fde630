package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.avformat.AVFormatContext.AVFMT_FLAG_BITEXACT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;

import java.nio.file.Path;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * Writes pictures as a video file of one picture a second. They are kept as the JPEGs that they
 * are, so that nothing of them is lost. The same pictures always give the same bytes.
 */
public final class ClipWriter {

  static {
    NativeMemory.lift();
  }

  private final int width;
  private final int height;

  /**
   * Prepares to write.
   *
   * @param width of every picture in pixels
   * @param height of every picture in pixels
   */
  public ClipWriter(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /**
   * Writes a file, over one that is there.
   *
   * @param file its ending chooses the container
   * @param jpegs complete JPEG files, one for each second
   * @throws VideoException if the file cannot be written
   */
  public void write(Path file, List<byte[]> jpegs) {
    AVFormatContext container = new AVFormatContext(null);
    AVIOContext io = new AVIOContext(null);
    AVPacket packet = av_packet_alloc();
    try {
      check(file, avformat_alloc_output_context2(container, null, null, file.toString()));
      // Leaves out the time and the version of the writer.
      container.flags(container.flags() | AVFMT_FLAG_BITEXACT);
      AVStream stream = stream(container);
      check(file, avio_open(io, file.toString(), AVIO_FLAG_WRITE));
      container.pb(io);
      check(file, avformat_write_header(container, (AVDictionary) null));
      AVRational seconds = av_make_q(1, 1);
      for (int second = 0; second < jpegs.size(); second++) {
        byte[] jpeg = jpegs.get(second);
        check(file, av_new_packet(packet, jpeg.length));
        packet.data().put(jpeg);
        packet.pts(second).dts(second).duration(1).flags(AV_PKT_FLAG_KEY);
        av_packet_rescale_ts(packet, seconds, stream.time_base());
        // Takes the packet's memory over.
        check(file, av_interleaved_write_frame(container, packet));
      }
      check(file, av_write_trailer(container));
      check(file, avio_closep(io));
    } finally {
      av_packet_free(packet);
      avio_closep(io);
      avformat_free_context(container);
    }
  }

  private AVStream stream(AVFormatContext container) {
    AVStream stream = avformat_new_stream(container, null);
    stream.codecpar().codec_type(AVMEDIA_TYPE_VIDEO).codec_id(AV_CODEC_ID_MJPEG);
    stream.codecpar().width(width).height(height);
    stream.time_base(av_make_q(1, 1));
    return stream;
  }

  private static void check(Path file, int code) {
    VideoException.check("cannot write " + file, code);
  }
}
