package dev.flamingo.ingest.video;

import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Draws a world in the sizes that the model and people get. Confined to one thread. */
final class StreetPictures implements AutoCloseable {

  /** One size of the world. */
  private static final class Canvas implements AutoCloseable {

    final int size;
    private final StreetSource.View view;
    private final byte[] rgb;
    private final JpegEncoder encoder;

    Canvas(IntFunction<StreetSource.View> views, int size, int quality) {
      this.size = size;
      this.view = views.apply(size);
      this.rgb = new byte[size * size * 3];
      this.encoder = new JpegEncoder(size, size, quality);
    }

    Jpeg draw(long second) {
      view.draw(second, rgb);
      return new Jpeg(size, size, encoder.encode(rgb));
    }

    @Override
    public void close() {
      encoder.close();
    }
  }

  /** Drawing takes the longer the larger: a third of what cameras' pictures may have. */
  private static final int SNAPSHOT_SIZE = 384;

  private final IntFunction<StreetSource.View> views;
  private final FrameFormats formats;
  private final int quality;
  private @Nullable Canvas frames;
  private @Nullable Canvas snapshots;

  StreetPictures(IntFunction<StreetSource.View> views, FrameSourceOptions options) {
    this.views = views;
    this.formats = options.formats();
    this.quality = options.quality();
  }

  /** Draws a second. */
  TakenPicture take(long second, boolean snapshot) {
    Optional<TakenPicture.ModelFrame> frame =
        formats
            .current()
            .map(
                wanted ->
                    new TakenPicture.ModelFrame(
                        wanted.madeFor(), framesOf(wanted.size()).draw(second)));
    return new TakenPicture(
        frame, snapshot ? Optional.of(snapshots().draw(second)) : Optional.empty());
  }

  private Canvas framesOf(int size) {
    Canvas current = frames;
    if (current != null && current.size == size) {
      return current;
    }
    if (current != null) {
      current.close();
    }
    Canvas fresh = new Canvas(views, size, quality);
    frames = fresh;
    return fresh;
  }

  private Canvas snapshots() {
    Canvas ready =
        snapshots == null ? new Canvas(views, SNAPSHOT_SIZE, Snapshots.QUALITY) : snapshots;
    snapshots = ready;
    return ready;
  }

  @Override
  public void close() {
    if (frames != null) {
      frames.close();
    }
    if (snapshots != null) {
      snapshots.close();
    }
  }
}
