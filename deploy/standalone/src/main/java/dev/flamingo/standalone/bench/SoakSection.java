package dev.flamingo.standalone.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether memory stays what it is under steady questions. */
final class SoakSection implements Section {

  private static final int STREAMS = 20;
  private static final double MINUTE_MILLIS = 60_000;

  @Override
  public String name() {
    return "soak";
  }

  @Override
  public String title() {
    return "resident memory under %d streams and 10 questions/s".formatted(STREAMS);
  }

  @Override
  public SectionResult run(BenchSettings settings) throws Exception {
    int streams = settings.quick() ? 2 : STREAMS;
    Duration beginning = Duration.ofSeconds(settings.quick() ? 2 : 10);
    Duration warmUp = Duration.ofSeconds(settings.quick() ? 1 : 60);
    Duration step = Duration.ofSeconds(settings.quick() ? 1 : 60);
    Duration all = settings.quick() ? step.multipliedBy(2) : settings.soak();
    ProcessUse use = new ProcessUse();
    List<SoakRow> rows = new ArrayList<>();
    settings.progress().accept("soak: starting kafka and the job");
    try (LoadedJob job = new LoadedJob(settings)) {
      LoadTally tally = job.measure(streams, beginning, warmUp);
      rows.add(row(Duration.ZERO, use, tally));
      for (Duration past = step; past.compareTo(all) <= 0; past = past.plus(step)) {
        settings.progress().accept("soak: to %d s".formatted(past.toSeconds()));
        tally = job.measure(streams, Duration.ZERO, step);
        rows.add(row(past, use, tally));
      }
    }
    double grown = rows.get(rows.size() - 1).residentMib() - rows.get(0).residentMib();
    return new SectionResult(rows, List.of("resident memory grew by %.1f MiB".formatted(grown)));
  }

  private static SoakRow row(Duration past, ProcessUse use, LoadTally tally) throws IOException {
    return new SoakRow(
        past.toMillis() / MINUTE_MILLIS,
        use.residentMib(),
        tally.questions(),
        tally.failed(),
        tally.unanswered(),
        tally.questionP99Ms());
  }
}
