package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_move_ref;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** What sampling a file gives when every one of its pictures is decoded: the plain way. */
final class EverythingDecoded {

  private static final FrameFormat FORMAT = FrameFormat.DEFAULT;

  /**
   * One chosen picture.
   *
   * @param ptsMs milliseconds since the first picture
   * @param jpeg what it shows
   */
  record Chosen(long ptsMs, byte[] jpeg) {}

  List<Chosen> sample(Path file) {
    List<Chosen> chosen = new ArrayList<>();
    AVFrame frame = av_frame_alloc();
    AVFrame previous = av_frame_alloc();
    try (Deadline deadline = new Deadline();
        VideoInput input = VideoInput.open(address(file), deadline);
        PictureDecoder decoder = PictureDecoder.open(input);
        FittedJpeg frames =
            new FittedJpeg(FORMAT.layout(), FORMAT.padding(), JpegEncoder.DEFAULT_QUALITY)) {
      SecondSampler sampler = new SecondSampler(input.form().longestStill(/* live= */ false));
      long micros = 0;
      while (read(input, decoder, frame)) {
        long duration = input.durationMicros(frame.duration());
        long time = frame.best_effort_timestamp();
        micros = time == AV_NOPTS_VALUE() ? micros + duration : input.micros(time);
        SecondSampler.Step step = sampler.offer(micros, duration);
        hold(step, () -> frames.encode(previous).bytes(), chosen);
        if (step.taken()) {
          chosen.add(new Chosen(step.micros() / 1000, frames.encode(frame).bytes()));
        }
        av_frame_unref(previous);
        av_frame_move_ref(previous, frame);
      }
      hold(sampler.end(), () -> frames.encode(previous).bytes(), chosen);
    } finally {
      av_frame_free(frame);
      av_frame_free(previous);
    }
    return chosen;
  }

  static VideoAddress address(Path file) {
    Duration patience = Duration.ofMinutes(1);
    return new VideoAddress(
        "file:" + file,
        file.toString(),
        null,
        Map.of(),
        VideoAddress.Kind.RECORDED,
        /* loop= */ false,
        patience,
        patience);
  }

  private interface Encoding {
    byte[] jpeg();
  }

  private static void hold(SecondSampler.Step step, Encoding still, List<Chosen> chosen) {
    for (int i = 0; i < step.held(); i++) {
      chosen.add(new Chosen((step.firstHeld() + i) * 1000, still.jpeg()));
    }
  }

  private static boolean read(VideoInput input, PictureDecoder decoder, AVFrame into) {
    input.packets().await();
    while (true) {
      switch (decoder.receive(into)) {
        case PICTURE -> {
          return true;
        }
        case DRAINED -> {
          return false;
        }
        case FAILED, HUNGRY -> {
          AVPacket packet = input.packets().next();
          decoder.send(packet, /* unlessReferenced= */ false);
          if (packet != null) {
            av_packet_free(packet);
          }
        }
      }
    }
  }
}
