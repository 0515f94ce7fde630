package dev.flamingo.ingest.video;

import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** Makes of decoded pictures what the model and people get. Confined to one thread. */
final class PictureTaker implements AutoCloseable {

  private static final Rgb BLACK = new Rgb(0, 0, 0);

  private final FrameFormats formats;
  private final int quality;
  private final FittedJpeg snapshots =
      new FittedJpeg(
          PictureLayout.within(Snapshots.WIDTH, Snapshots.MOST_HEIGHT), BLACK, Snapshots.QUALITY);
  private @Nullable FrameFormat format;
  private @Nullable FittedJpeg frames;

  PictureTaker(FrameFormats formats, int quality) {
    this.formats = formats;
    this.quality = quality;
  }

  /**
   * Takes a picture in the form that is wanted now.
   *
   * @param snapshot whether people get one
   */
  TakenPicture take(AVFrame picture, boolean snapshot) {
    return new TakenPicture(
        formats
            .current()
            .map(
                wanted ->
                    new TakenPicture.ModelFrame(
                        wanted.madeFor(), framesOf(wanted).encode(picture))),
        snapshot ? Optional.of(snapshots.encode(picture)) : Optional.empty());
  }

  private FittedJpeg framesOf(FrameFormat wanted) {
    FittedJpeg current = frames;
    if (current != null && wanted.equals(format)) {
      return current;
    }
    if (current != null) {
      current.close();
    }
    FittedJpeg fresh = new FittedJpeg(wanted.layout(), wanted.padding(), quality);
    frames = fresh;
    format = wanted;
    return fresh;
  }

  @Override
  public void close() {
    if (frames != null) {
      frames.close();
    }
    snapshots.close();
  }
}
