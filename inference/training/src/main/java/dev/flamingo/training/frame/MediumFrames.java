package dev.flamingo.training.frame;

import dev.flamingo.ingest.video.FrameSource;
import dev.flamingo.ingest.video.FrameSourceOptions;
import dev.flamingo.ingest.video.FrameSources;
import dev.flamingo.ingest.video.SampledFrame;
import dev.flamingo.ingest.video.VideoException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Frames of pictures and videos as JPEG: one of a picture, some spread over a part of a video. Safe
 * for use by several threads.
 */
public final class MediumFrames {

  private static final Set<String> PICTURES = Set.of("jpg", "jpeg", "png", "gif", "bmp");
  private static final int MOST_SECONDS = 3600;

  private final FrameSources sources = new FrameSources();
  private final PictureFile pictures = new PictureFile();
  private final int size;
  private final int most;

  /**
   * Makes a reader.
   *
   * @param size side of a video's frames in pixels
   * @param most the most frames of a video
   */
  public MediumFrames(int size, int most) {
    this.size = size;
    this.most = most;
  }

  /**
   * Reads frames.
   *
   * @return complete JPEG files: one of a picture in its own size, at most so many square ones of a
   *     video, a second or more apart
   * @throws UnreadableMediumException if the file is missing, damaged, or has none in that part
   */
  public List<byte[]> read(Medium medium) throws UnreadableMediumException, InterruptedException {
    if (!Files.isRegularFile(medium.file())) {
      throw new UnreadableMediumException("there is no %s: fetch it".formatted(medium.file()));
    }
    String name = medium.file().toString();
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    try {
      return PICTURES.contains(ending)
          ? List.of(pictures.jpeg(medium.file()))
          : spread(video(medium));
    } catch (IOException | VideoException e) {
      throw new UnreadableMediumException(
          "%s cannot be read: %s".formatted(name, e.getMessage()), e);
    }
  }

  private List<byte[]> video(Medium medium) throws IOException, InterruptedException {
    FrameSourceOptions options =
        FrameSourceOptions.defaults().withSize(size).withFast(true).withStartAt(Instant.EPOCH);
    List<byte[]> frames = new ArrayList<>();
    byte[] before = new byte[0];
    try (FrameSource source = sources.open(medium.file().toAbsolutePath().toString(), options)) {
      for (Optional<SampledFrame> frame = source.next();
          frame.isPresent() && frames.size() < MOST_SECONDS;
          frame = source.next()) {
        double second = frame.get().ptsMs() / 1000.0;
        if (second > medium.to()) {
          break;
        }
        if (second < medium.from()) {
          before = frame.get().jpeg();
        } else {
          frames.add(frame.get().jpeg());
        }
      }
    }
    // A part that is shorter than a second may lie between two frames.
    if (frames.isEmpty() && before.length > 0) {
      frames.add(before);
    }
    if (frames.isEmpty()) {
      throw new IOException("it shows nothing up to second " + medium.to());
    }
    return frames;
  }

  private List<byte[]> spread(List<byte[]> frames) {
    if (frames.size() <= most) {
      return frames;
    }
    List<byte[]> chosen = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      chosen.add(frames.get((int) ((i + 0.5) * frames.size() / most)));
    }
    return chosen;
  }
}
