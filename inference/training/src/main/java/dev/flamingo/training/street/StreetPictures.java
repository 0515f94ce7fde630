package dev.flamingo.training.street;

import dev.flamingo.ingest.street.StreetClip;
import dev.flamingo.ingest.street.StreetRenderer;
import dev.flamingo.ingest.video.JpegEncoder;
import dev.flamingo.training.corpus.Example.Media;
import dev.flamingo.training.frame.VariedJpeg;
import java.util.ArrayList;
import java.util.List;

/**
 * The street as pictures and videos.
 *
 * <p>Not thread-safe.
 */
final class StreetPictures implements AutoCloseable {

  private final StreetRenderer renderer;
  private final VariedJpeg varied;
  private final JpegEncoder sharp;
  private final byte[] rgb;

  StreetPictures(int size) {
    renderer = new StreetRenderer(size);
    varied = new VariedJpeg(size);
    sharp = new JpegEncoder(size, size, JpegEncoder.DEFAULT_QUALITY);
    rgb = new byte[size * size * 3];
  }

  /** Returns one frame of a clip. */
  Media picture(StreetClip clip, int second) {
    renderer.render(clip, second, rgb);
    return Media.picture(varied.encode(rgb, clip.look()));
  }

  /** Returns all frames of a clip; reading a video encodes them once more. */
  Media video(StreetClip clip) {
    List<byte[]> frames = new ArrayList<>();
    for (int second = 0; second < StreetClip.FRAMES; second++) {
      renderer.render(clip, second, rgb);
      frames.add(sharp.encode(rgb));
    }
    return new Media(frames);
  }

  @Override
  public void close() {
    varied.close();
    sharp.close();
  }
}
