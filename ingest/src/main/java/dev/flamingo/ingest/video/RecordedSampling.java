package dev.flamingo.ingest.video;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Samples a source that can wait: one picture for every second of presentation time, decoded only
 * where it is chosen. Confined to one thread.
 */
final class RecordedSampling {

  private final VideoPictures pictures;
  private final ReplayFilter replays;
  private final SecondSampler sampler;
  private final PresentationClock time;
  private final FrameWriter writer;
  private final boolean loop;

  /**
   * Prepares to sample.
   *
   * @param replays knows what an earlier opening has shown
   * @param loop whether to start over at the end
   */
  RecordedSampling(
      VideoPictures pictures,
      ReplayFilter replays,
      SecondSampler sampler,
      PresentationClock time,
      FrameWriter writer,
      boolean loop) {
    this.pictures = pictures;
    this.replays = replays;
    this.sampler = sampler;
    this.time = time;
    this.writer = writer;
    this.loop = loop;
  }

  /**
   * Delivers pictures until the source ends.
   *
   * @throws VideoException if reading failed
   * @throws InterruptedException if the thread is interrupted
   */
  void run() throws InterruptedException {
    Picture shown = null;
    TakenPicture newest = null;
    while (true) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Picture next = pictures.next();
      SecondSampler.Step step = next == null ? sampler.end() : sampler.look(next.micros());
      // Before the next one is decoded: then it is gone.
      TakenPicture still = step.held() > 0 && shown != null ? still(shown, newest) : newest;
      if (next == null) {
        repeat(step, still);
        if (!loop || writer.isEmpty()) {
          return;
        }
        sampler.restart();
        pictures.rewind();
        continue;
      }
      boolean repeated = replays.isRepeated(next.pts());
      if (step.taken() && !repeated) {
        AVFrame picture = pictures.decode(next);
        if (picture == null) {
          continue;
        }
        newest = writer.take(picture, step.micros());
        repeat(step, still);
        deliver(step.micros(), newest);
      }
      sampler.offer(next.micros(), next.durationMicros());
      shown = repeated ? null : next;
    }
  }

  /** A picture that is still on the screen; what was taken last where it does not come. */
  private @Nullable TakenPicture still(Picture shown, @Nullable TakenPicture newest) {
    AVFrame picture = pictures.decode(shown);
    return picture == null ? newest : writer.takeStill(picture);
  }

  private void repeat(SecondSampler.Step step, @Nullable TakenPicture still)
      throws InterruptedException {
    for (int i = 0; i < step.held() && still != null; i++) {
      deliver((step.firstHeld() + i) * 1_000_000, still);
    }
  }

  private void deliver(long micros, TakenPicture taken) throws InterruptedException {
    writer.recorded(time.await(micros), micros, taken);
  }
}
