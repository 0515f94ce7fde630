package dev.flamingo.standalone.bench;

import dev.flamingo.ingest.video.FrameFormat;
import dev.flamingo.ingest.video.FrameSource;
import dev.flamingo.ingest.video.FrameSourceOptions;
import dev.flamingo.ingest.video.FrameSources;
import dev.flamingo.ingest.video.SampledFrame;
import dev.flamingo.standalone.DataFolder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Seconds of video that ingest samples in a second of a processor, against ffmpeg. */
final class SampleSection implements Section {

  private static final String OURS = "ingest";
  private static final String FFMPEG = "ffmpeg fps=1";
  private static final String KEYFRAMES = "ffmpeg keyframes";

  @Override
  public String name() {
    return "sample";
  }

  @Override
  public String title() {
    return "seconds of video sampled once a second, by seconds of processors";
  }

  @Override
  public SectionResult run(BenchSettings settings) throws Exception {
    FfmpegProgram ffmpeg = FfmpegProgram.unpacked();
    try (DataFolder folder = DataFolder.of(null)) {
      TestVideo made = settings.quick() ? TestVideo.SMALL : TestVideo.FULL_HD;
      Path video = settings.video();
      List<String> notes = new ArrayList<>();
      if (video == null) {
        settings.progress().accept("sample: making " + made.description(ffmpeg));
        video = made.write(ffmpeg, folder.path());
        notes.add(made.description(ffmpeg));
      } else {
        notes.add("video " + video.getFileName());
      }
      return measure(settings, ffmpeg, video, folder.path(), notes);
    }
  }

  private static SectionResult measure(
      BenchSettings settings, FfmpegProgram ffmpeg, Path video, Path folder, List<String> notes)
      throws Exception {
    FrameSourceOptions options = FrameSourceOptions.defaults().withFast(true);
    Path pictures = Files.createDirectories(folder.resolve("pictures"));
    List<Callable<SampledOnce>> sides =
        List.of(
            () -> ingest(video, options),
            () -> ffmpeg(ffmpeg, video, pictures, List.of()),
            () -> ffmpeg(ffmpeg, video, pictures, List.of("-skip_frame", "nokey")));
    List<Samples<SampledOnce>> samples = settings.rounds("sample").alternate(sides);
    double seconds = seconds(video, options);
    double compared = samples.get(1).median(SampledOnce::cpuSeconds);
    List<String> readers = List.of(OURS, FFMPEG, KEYFRAMES);
    List<SampleRow> rows = new ArrayList<>();
    for (int i = 0; i < readers.size(); i++) {
      double cpu = samples.get(i).median(SampledOnce::cpuSeconds);
      rows.add(
          new SampleRow(
              readers.get(i),
              samples.get(i).last().pictures(),
              i == 0
                  ? FrameFormat.DEFAULT.size() + "x" + FrameFormat.DEFAULT.size()
                  : "the video's",
              seconds,
              cpu,
              seconds / cpu,
              compared / cpu));
    }
    return new SectionResult(rows, notes);
  }

  private static SampledOnce ingest(Path video, FrameSourceOptions options)
      throws InterruptedException {
    ProcessUse use = new ProcessUse();
    double before = use.cpuSeconds();
    long pictures = 0;
    try (FrameSource source = new FrameSources().open(video.toString(), options)) {
      while (source.next().isPresent()) {
        pictures++;
      }
    }
    return new SampledOnce(pictures, use.cpuSeconds() - before);
  }

  /** Returns the length of the video: up to its last sampled picture, and a second of that. */
  private static double seconds(Path video, FrameSourceOptions options)
      throws InterruptedException {
    double seconds = 0;
    try (FrameSource source = new FrameSources().open(video.toString(), options)) {
      for (Optional<SampledFrame> frame = source.next(); frame.isPresent(); frame = source.next()) {
        seconds = frame.get().ptsMs() / 1000.0 + 1;
      }
    }
    return seconds;
  }

  private static SampledOnce ffmpeg(
      FfmpegProgram ffmpeg, Path video, Path pictures, List<String> reading)
      throws IOException, InterruptedException {
    clear(pictures);
    List<String> arguments = new ArrayList<>(reading);
    arguments.addAll(List.of("-i", video.toString(), "-vf", "fps=1", "-q:v", "3"));
    arguments.add(pictures.resolve("%06d.jpg").toString());
    double cpu = ffmpeg.run(pictures.resolveSibling("ffmpeg.log"), arguments);
    return new SampledOnce(clear(pictures), cpu);
  }

  private static long clear(Path folder) throws IOException {
    long count = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
        count++;
      }
    }
    return count;
  }
}
