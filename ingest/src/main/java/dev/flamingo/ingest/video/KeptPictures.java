package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_move_ref;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** The last two pictures that came out of a decoder. Confined to one thread. */
final class KeptPictures implements AutoCloseable {

  private final AVFrame latest = av_frame_alloc();
  private final AVFrame before = av_frame_alloc();

  /** What the two frames show, where that was announced. */
  private @Nullable Picture latestPicture;

  private @Nullable Picture beforePicture;

  /**
   * Keeps a picture in place of the older one.
   *
   * @param frame its content, which is moved out of it
   * @param picture what it is, null if it was not announced
   */
  void keep(AVFrame frame, @Nullable Picture picture) {
    av_frame_unref(before);
    av_frame_move_ref(before, latest);
    beforePicture = latestPicture;
    av_frame_move_ref(latest, frame);
    latestPicture = picture;
  }

  /** The content of a picture, which stays this object's; null if it is not kept. */
  @Nullable AVFrame find(Picture picture) {
    if (picture.equals(latestPicture)) {
      return latest;
    }
    return picture.equals(beforePicture) ? before : null;
  }

  @Override
  public void close() {
    av_frame_free(latest);
    av_frame_free(before);
  }
}
