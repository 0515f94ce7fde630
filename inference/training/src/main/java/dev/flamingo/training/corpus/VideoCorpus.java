package dev.flamingo.training.corpus;

import dev.flamingo.training.corpus.Example.Media;
import dev.flamingo.training.frame.Medium;
import dev.flamingo.training.frame.MediumFrames;
import dev.flamingo.training.frame.UnreadableMediumException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Videos with a caption of the same name beside them, as VTP is: {@code clip.mp4} and {@code
 * clip.txt}, in folders of any depth. A video is seen at one frame a second, as many of them as may
 * be, evenly spread.
 */
public final class VideoCorpus implements Corpus {

  private static final Set<String> ENDINGS = Set.of("mp4", "avi", "mkv", "webm");

  private final List<Video> videos;
  private final CorpusHealth health;
  private final SliceReader reader;
  private final MediumFrames frames;

  private record Video(Path file, Path caption) {}

  private VideoCorpus(List<Video> videos, CorpusHealth health, MediumFrames frames) {
    this.videos = videos;
    this.health = health;
    this.frames = frames;
    reader = new SliceReader(health);
  }

  /**
   * Finds all videos. Those without a caption are left out.
   *
   * @param size side of the square frames in pixels
   * @param most the most frames of a video, 1 to 30
   * @throws IOException if the folder cannot be read, or there is not one video with a caption
   * @throws IllegalArgumentException if a video cannot have so many frames
   */
  public static VideoCorpus open(Path folder, int size, int most) throws IOException {
    if (most < 1 || most > Media.MOST_FRAMES) {
      throw new IllegalArgumentException(
          "a video has 1 to %d frames, but %d were asked for".formatted(Media.MOST_FRAMES, most));
    }
    CorpusFolder place = new CorpusFolder(folder);
    CorpusHealth health = new CorpusHealth();
    List<Video> videos = new ArrayList<>();
    for (Path file : place.files(Integer.MAX_VALUE, ENDINGS)) {
      String name = file.getFileName().toString();
      Path caption = file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".txt");
      if (Files.isRegularFile(caption)) {
        videos.add(new Video(file, caption));
      } else {
        health.leftOut(Fault.NO_TEXT, "%s has no caption".formatted(file));
      }
    }
    if (videos.isEmpty()) {
      throw place.nothing("a video and a .txt of the same name");
    }
    return new VideoCorpus(videos, health, new MediumFrames(size, most));
  }

  @Override
  public int size() {
    return videos.size();
  }

  @Override
  public Example read(int number) throws UnreadableException, InterruptedException {
    Video video = videos.get(number);
    String caption = reader.text(new Slice(video.caption(), 0, video.caption().toFile().length()));
    if (caption.isEmpty()) {
      throw health.skipped(Fault.NO_TEXT, "%s is empty".formatted(video.caption()));
    }
    try {
      Media media = new Media(frames.read(Medium.of(video.file())));
      return health.read(Example.pair(media, caption));
    } catch (UnreadableMediumException e) {
      throw health.skipped(Fault.DAMAGED_MEDIUM, e.getMessage());
    }
  }

  @Override
  public CorpusHealth health() {
    return health;
  }
}
